import type { Matrix } from "../array/matrix.js";
import { requirePredictions } from "./requireLabels.js";

/**
 * Mean of the squared differences, over all outputs and examples: `(1 / (n m)) Σ (ŷ − y)²`.
 *
 * @param P predictions, outputs × examples
 * @param Y targets of the same shape
 * @returns 0 or more, in squared units of the target
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a prediction or target is NaN
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { meanSquaredError } from "gradproof/metrics";
 * meanSquaredError(Matrix.row([1, 2, 3, 4]), Matrix.row([1, 2, 3, 6])); // => 1
 */
export function meanSquaredError(P: Matrix, Y: Matrix): number {
  requirePredictions("meanSquaredError", P, Y);
  let sum = 0;
  for (const [at, prediction] of P.data.entries()) {
    sum += (prediction - Y.data[at]) ** 2;
  }
  return sum / P.data.length;
}
