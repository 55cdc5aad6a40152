import type { FloatArray } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { requirePredictions } from "./requireLabels.js";

/**
 * Coefficient of determination: the share of the target's variance that the predictions explain.
 *
 * `R² = 1 − Σ (ŷ − y)² / Σ (y − ȳ)²`, the mean over the outputs where there are several. 1 is perfect, 0 is no better than
 * always predicting the mean ȳ, below 0 is worse than that. For a target that never varies (a single example included) the
 * quotient has no meaning: R² is then 1 where every prediction is exact and 0 otherwise, as in scikit-learn.
 *
 * @param P predictions, outputs × examples
 * @param Y targets of the same shape
 * @returns at most 1
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a prediction or target is NaN
 * @see scikit-learn, `r2_score`
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { r2 } from "gradproof/metrics";
 * r2(Matrix.row([1, 2, 3, 5]), Matrix.row([1, 2, 3, 4])); // => 0.8
 * r2(Matrix.row([7, 8]), Matrix.row([7, 7])); // => 0
 */
export function r2(P: Matrix, Y: Matrix): number {
  requirePredictions("r2", P, Y);
  let sum = 0;
  for (let i = 0; i < P.rows; i++) {
    sum += explained(P.rowData(i), Y.rowData(i));
  }
  return sum / P.rows;
}

function explained(predictions: ArrayLike<number>, targets: FloatArray): number {
  let sum = 0;
  for (const y of targets) sum += y;
  const mean = sum / targets.length;
  let residual = 0;
  let total = 0;
  let varies = false;
  for (const [j, y] of targets.entries()) {
    residual += (predictions[j] - y) ** 2;
    total += (y - mean) ** 2;
    // Asked directly: the mean of equal numbers may round, which would leave `total` a little above 0.
    if (y !== targets[0]) varies = true;
  }
  if (!varies) return residual === 0 ? 1 : 0;
  return 1 - residual / total;
}
