import type { Matrix } from "../array/matrix.js";
import { macroAverage, macroScores } from "./macroAverage.js";

/**
 * Of the positive examples, the share predicted positive: `TP / (TP + FN)`. Also called sensitivity or true positive rate.
 *
 * With two classes the positive class is 1. With several it is the mean over the classes (macro average), each against
 * the rest; classes that neither occur nor are predicted are left out. Where there are no positive examples it is 0.
 *
 * @param P probabilities, 1 × examples (two classes) or classes × examples
 * @param Y labels of the same shape: 0 or 1, or one-hot columns
 * @param threshold for two classes: predict 1 where P > threshold; default 0.5
 * @returns 0 … 1
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a label is not 0 or 1, a column is not one-hot, or a prediction is NaN
 * @see scikit-learn, `recall_score(average="binary" | "macro", zero_division=0)`
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { recall } from "gradproof/metrics";
 * recall(Matrix.row([0.9, 0.2, 0.6]), Matrix.row([1, 1, 0])); // => 0.5
 */
export function recall(P: Matrix, Y: Matrix, threshold = 0.5): number {
  return macroAverage(P, Y, threshold, macroScores.recall);
}
