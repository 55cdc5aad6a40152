import { Matrix } from "../array/matrix.js";
import { predictedClasses } from "./predictedClasses.js";
import { requireLabels } from "./requireLabels.js";

/**
 * Counts examples by true and predicted class: entry (i, j) is the number of examples of class i put in class j.
 *
 * Rows are the truth, columns the prediction, as in scikit-learn. For two classes that is
 * `[[true negatives, false positives], [false negatives, true positives]]`.
 *
 * @param P probabilities, 1 × examples (two classes) or classes × examples
 * @param Y labels of the same shape: 0 or 1, or one-hot columns
 * @param threshold for two classes: predict 1 where P > threshold; default 0.5
 * @returns classes × classes
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a label is not 0 or 1, a column is not one-hot, or a prediction is NaN
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { confusionMatrix } from "gradproof/metrics";
 * const P = Matrix.row([0.9, 0.8, 0.3, 0.6, 0.1]);
 * const Y = Matrix.row([1, 1, 1, 0, 0]);
 * confusionMatrix(P, Y).toArray(); // => [[1, 1], [1, 2]]
 */
export function confusionMatrix(P: Matrix, Y: Matrix, threshold = 0.5): Matrix {
  requireLabels("confusionMatrix", P, Y);
  const classes = Math.max(2, P.rows);
  const counts = Matrix.zeros(classes, classes);
  const predicted = predictedClasses(P, threshold);
  // A label matrix is a prediction made with certainty, so the same rule reads it.
  const actual = predictedClasses(Y);
  for (const [j, i] of actual.entries()) {
    counts.data[i * classes + predicted[j]] += 1;
  }
  return counts;
}
