import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";

/**
 * The class each example is put in, by its number from 0.
 *
 * - two classes, P 1 × examples: 1 where P > threshold, else 0 (strictly greater: a probability of exactly 0.5 is class 0)
 * - K classes, P K × examples: the row with the largest entry, the first of them at a tie; `threshold` plays no part
 *
 * @param P probabilities, 1 × examples or classes × examples
 * @param threshold probability above which an example counts as class 1, 0 … 1; default 0.5
 * @throws RangeError when the threshold is not between 0 and 1
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { predictedClasses } from "gradproof/metrics";
 * predictedClasses(Matrix.row([0.2, 0.5, 0.7])); // => [0, 0, 1]
 * predictedClasses(Matrix.row([0.2, 0.5, 0.7]), 0.1); // => [1, 1, 1]
 * predictedClasses(Matrix.from([[0.6, 0.1], [0.3, 0.1], [0.1, 0.8]])); // => [0, 2]
 */
export function predictedClasses(P: Matrix, threshold = 0.5): number[] {
  requireMatrix("predictedClasses(): P", P);
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(`threshold must be a probability from 0 to 1, got ${threshold}`);
  }
  if (P.rows === 1) return Array.from(P.data, (p) => (p > threshold ? 1 : 0));
  return Array.from({ length: P.columns }, (_, j) => {
    let best = 0;
    for (let k = 1; k < P.rows; k++) {
      if (P.data[k * P.columns + j] > P.data[best * P.columns + j]) best = k;
    }
    return best;
  });
}
