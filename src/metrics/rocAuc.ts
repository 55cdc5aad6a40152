import type { Matrix } from "../array/matrix.js";
import { rankedCounts } from "./rankedCounts.js";
import { requireBothClasses } from "./requireLabels.js";

/**
 * Area under the ROC curve: the probability that an example of class 1 scores higher than one of class 0, a tie counting
 * half. It is the trapezoid rule on `rocCurve`, and the Mann–Whitney statistic divided by the number of pairs:
 *
 * `(1 / (P N)) Σ_pairs [s₁ > s₀] + ½ [s₁ = s₀]`, P examples of class 1 and N of class 0
 *
 * @param P probabilities or any scores, 1 × examples; only their order matters
 * @param Y labels 0 and 1, 1 × examples
 * @returns 0 … 1; 0.5 is chance
 * @throws ShapeError when the shapes differ, there are no examples, or more than one row
 * @throws RangeError when a label is not 0 or 1, a score is NaN, or only one class occurs
 * @see Hanley & McNeil, "The meaning and use of the area under a ROC curve", Radiology 143 (1982)
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { rocAuc } from "gradproof/metrics";
 * rocAuc(Matrix.row([0.9, 0.6, 0.6, 0.1]), Matrix.row([1, 1, 0, 0])); // => 0.875
 */
export function rocAuc(P: Matrix, Y: Matrix): number {
  const { truePositives, falsePositives, positives, negatives } = rankedCounts("rocAuc", P, Y);
  requireBothClasses("rocAuc", positives, negatives);
  // In counts, not rates: whole numbers add up exactly, so the only rounding is the last division.
  let twiceArea = 0;
  for (const [k, count] of truePositives.entries()) {
    const width = falsePositives[k] - (k === 0 ? 0 : falsePositives[k - 1]);
    twiceArea += width * (count + (k === 0 ? 0 : truePositives[k - 1]));
  }
  return twiceArea / (2 * positives * negatives);
}
