import type { Matrix } from "../array/matrix.js";
import { requirePredictions } from "./requireLabels.js";

/**
 * Mean of the absolute differences, over all outputs and examples: `(1 / (n m)) Σ |ŷ − y|`.
 *
 * @param P predictions, outputs × examples
 * @param Y targets of the same shape
 * @returns 0 or more, in units of the target
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a prediction or target is NaN
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { meanAbsoluteError } from "gradproof/metrics";
 * meanAbsoluteError(Matrix.row([1, 2, 3, 4]), Matrix.row([1, 2, 3, 6])); // => 0.5
 */
export function meanAbsoluteError(P: Matrix, Y: Matrix): number {
  requirePredictions("meanAbsoluteError", P, Y);
  let sum = 0;
  for (const [at, prediction] of P.data.entries()) sum += Math.abs(prediction - Y.data[at]);
  return sum / P.data.length;
}
