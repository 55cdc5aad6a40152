import type { Matrix } from "../array/matrix.js";
import { predictedClasses } from "./predictedClasses.js";
import { requireLabels } from "./requireLabels.js";

/**
 * Share of examples put in their own class: `correct / m`.
 *
 * @param P probabilities, 1 × examples (two classes) or classes × examples
 * @param Y labels of the same shape: 0 or 1, or one-hot columns
 * @param threshold for two classes: predict 1 where P > threshold; default 0.5
 * @returns 0 … 1
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a label is not 0 or 1, a column is not one-hot, or a prediction is NaN
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { accuracy } from "gradproof/metrics";
 * accuracy(Matrix.row([0.9, 0.8, 0.3, 0.1]), Matrix.row([1, 1, 1, 0])); // => 0.75
 */
export function accuracy(P: Matrix, Y: Matrix, threshold = 0.5): number {
  requireLabels("accuracy", P, Y);
  const predicted = predictedClasses(P, threshold);
  const actual = predictedClasses(Y);
  return actual.filter((label, j) => label === predicted[j]).length / actual.length;
}
