import type { Matrix } from "../array/matrix.js";
import { macroAverage, macroScores } from "./macroAverage.js";

/**
 * Harmonic mean of precision and recall: `2 TP / (2 TP + FP + FN)`.
 *
 * With two classes the positive class is 1. With several it is the mean over the classes (macro average), each against
 * the rest; classes that neither occur nor are predicted are left out. Where no example is positive or predicted so it is 0.
 *
 * @param P probabilities, 1 × examples (two classes) or classes × examples
 * @param Y labels of the same shape: 0 or 1, or one-hot columns
 * @param threshold for two classes: predict 1 where P > threshold; default 0.5
 * @returns 0 … 1
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a label is not 0 or 1, a column is not one-hot, or a prediction is NaN
 * @see scikit-learn, `f1_score(average="binary" | "macro", zero_division=0)`
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { f1 } from "gradproof/metrics";
 * f1(Matrix.row([0.9, 0.2, 0.6]), Matrix.row([1, 1, 0])); // => 0.5
 */
export function f1(P: Matrix, Y: Matrix, threshold = 0.5): number {
  return macroAverage(P, Y, threshold, macroScores.f1);
}
