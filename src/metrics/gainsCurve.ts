import type { Matrix } from "../array/matrix.js";
import { rankedCounts } from "./rankedCounts.js";
import { requirePositives } from "./requireLabels.js";

/** Points of a cumulative gains curve, from (0, 0) to (1, 1). */
export interface GainsCurve {
  /** Share of all examples whose score is at least the threshold. */
  readonly selected: readonly number[];
  /** Share of class 1 that is among them (recall). */
  readonly gain: readonly number[];
  /** How many times as many of class 1 are among them as among as many drawn by chance: gain / selected; 1 at the end. */
  readonly lift: readonly number[];
  /** Falling; the first is Infinity, where nothing is selected. */
  readonly thresholds: readonly number[];
}

/**
 * The cumulative gains curve: of all examples of class 1, how many are found among those with the highest scores. One point a
 * distinct score: equal scores are selected together. The lift at the start, where nothing is selected, is that of the first score.
 *
 * @param P probabilities or any scores, 1 × examples
 * @param Y labels 0 and 1, 1 × examples
 * @throws ShapeError when the shapes differ, there are no examples, or more than one row
 * @throws RangeError when a label is not 0 or 1, a score is NaN, or class 1 does not occur
 * @see Witten, Frank & Hall, "Data mining" (2011), §5.7, on lift charts
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { gainsCurve } from "gradproof/metrics";
 * const curve = gainsCurve(Matrix.row([0.9, 0.6, 0.6, 0.1]), Matrix.row([1, 1, 0, 0]));
 * curve.selected; // => [0, 0.25, 0.75, 1]
 * curve.gain; // => [0, 0.5, 1, 1]
 * curve.lift; // => [2, 2, 1.3333333333333333, 1]
 */
export function gainsCurve(P: Matrix, Y: Matrix): GainsCurve {
  const { thresholds, truePositives, falsePositives, positives } = rankedCounts("gainsCurve", P, Y);
  requirePositives("gainsCurve", positives);
  const m = P.columns;
  const selected = truePositives.map((count, k) => (count + falsePositives[k]) / m);
  const gain = truePositives.map((count) => count / positives);
  const lift = gain.map((share, k) => share / selected[k]);
  return {
    selected: [0, ...selected],
    gain: [0, ...gain],
    lift: [lift[0], ...lift],
    thresholds: [Number.POSITIVE_INFINITY, ...thresholds],
  };
}
