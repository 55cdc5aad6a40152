import type { Matrix } from "../array/matrix.js";
import { rankedCounts } from "./rankedCounts.js";
import { requirePositives } from "./requireLabels.js";

/**
 * Area under the precision-recall curve, as average precision: `Σ (Rₖ − Rₖ₋₁) Pₖ` over the falling distinct scores.
 *
 * It is the area under a step curve. Joining the points by straight lines would flatter the model: precision does not
 * interpolate linearly. For rare positives this says more than `rocAuc`; chance is the share of positives.
 *
 * @param P probabilities or any scores, 1 × examples; only their order matters
 * @param Y labels 0 and 1, 1 × examples
 * @returns above 0, at most 1
 * @throws ShapeError when the shapes differ, there are no examples, or more than one row
 * @throws RangeError when a label is not 0 or 1, a score is NaN, or class 1 does not occur
 * @see scikit-learn, `average_precision_score`; Davis & Goadrich, "The relationship between precision-recall and ROC
 *   curves", ICML 2006
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { prAuc } from "gradproof/metrics";
 * prAuc(Matrix.row([0.9, 0.6, 0.3, 0.1]), Matrix.row([1, 0, 0, 1])); // => 0.75
 */
export function prAuc(P: Matrix, Y: Matrix): number {
  const { truePositives, falsePositives, positives } = rankedCounts("prAuc", P, Y);
  requirePositives("prAuc", positives);
  let sum = 0;
  for (const [k, count] of truePositives.entries()) {
    const gained = count - (k === 0 ? 0 : truePositives[k - 1]);
    sum += (gained * count) / (count + falsePositives[k]);
  }
  return sum / positives;
}
