import type { Matrix } from "../array/matrix.js";
import { rankedCounts } from "./rankedCounts.js";
import { requirePositives } from "./requireLabels.js";

/** Points of a precision-recall curve, recall rising from 0 to 1. */
export interface PrecisionRecallCurve {
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  /** Falling; the first is Infinity, where nothing is predicted positive and precision is set to 1. */
  readonly thresholds: readonly number[];
}

/**
 * Precision against recall as the threshold falls, one point a distinct score: point k predicts positive where the score
 * is at least `thresholds[k]`. The first point, recall 0 and precision 1, is a convention.
 *
 * @param P probabilities or any scores, 1 × examples
 * @param Y labels 0 and 1, 1 × examples
 * @throws ShapeError when the shapes differ, there are no examples, or more than one row
 * @throws RangeError when a label is not 0 or 1, a score is NaN, or class 1 does not occur (recall would be 0 / 0)
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { precisionRecallCurve } from "gradproof/metrics";
 * const curve = precisionRecallCurve(Matrix.row([0.9, 0.6, 0.3, 0.1]), Matrix.row([1, 0, 0, 1]));
 * curve.recall; // => [0, 0.5, 0.5, 0.5, 1]
 * curve.precision.map((p) => p.toFixed(2)); // => ["1.00", "1.00", "0.50", "0.33", "0.50"]
 */
export function precisionRecallCurve(P: Matrix, Y: Matrix): PrecisionRecallCurve {
  const counts = rankedCounts("precisionRecallCurve", P, Y);
  requirePositives("precisionRecallCurve", counts.positives);
  return {
    precision: [1, ...counts.truePositives.map((count, k) => count / (count + counts.falsePositives[k]))],
    recall: [0, ...counts.truePositives.map((count) => count / counts.positives)],
    thresholds: [Number.POSITIVE_INFINITY, ...counts.thresholds],
  };
}
