import type { Matrix } from "../array/matrix.js";
import { rankedCounts } from "./rankedCounts.js";
import { requireBothClasses } from "./requireLabels.js";

/** Points of a ROC curve, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Share of class 0 whose score is at least the threshold. */
  readonly falsePositiveRate: readonly number[];
  /** Share of class 1 whose score is at least the threshold (recall). */
  readonly truePositiveRate: readonly number[];
  /** Falling; the first is Infinity, where nothing is predicted positive. */
  readonly thresholds: readonly number[];
}

/**
 * The receiver operating characteristic: true positive rate against false positive rate as the threshold falls, one
 * point a distinct score, so that ties give one slanted step.
 *
 * @param P probabilities or any scores, 1 × examples
 * @param Y labels 0 and 1, 1 × examples
 * @throws ShapeError when the shapes differ, there are no examples, or more than one row
 * @throws RangeError when a label is not 0 or 1, a score is NaN, or only one class occurs (a rate would be 0 / 0)
 * @see Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27 (2006)
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { rocCurve } from "gradproof/metrics";
 * const curve = rocCurve(Matrix.row([0.9, 0.6, 0.6, 0.1]), Matrix.row([1, 1, 0, 0]));
 * curve.falsePositiveRate; // => [0, 0, 0.5, 1]
 * curve.truePositiveRate; // => [0, 0.5, 1, 1]
 * curve.thresholds; // => [Infinity, 0.9, 0.6, 0.1]
 */
export function rocCurve(P: Matrix, Y: Matrix): RocCurve {
  const counts = rankedCounts("rocCurve", P, Y);
  const { positives, negatives } = counts;
  requireBothClasses("rocCurve", positives, negatives);
  return {
    falsePositiveRate: [0, ...counts.falsePositives.map((count) => count / negatives)],
    truePositiveRate: [0, ...counts.truePositives.map((count) => count / positives)],
    thresholds: [Number.POSITIVE_INFINITY, ...counts.thresholds],
  };
}
