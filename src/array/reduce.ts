import { requireName } from "../constraint/constraint.js";
import { Matrix } from "./matrix.js";
import { requireMatrix } from "./requireMatrix.js";

/** Axis to sum away: `rows` runs down each column, `columns` runs along each row (the examples of a data matrix). */
export type Axis = "rows" | "columns";

const axes = ["rows", "columns"] as const satisfies readonly Axis[];

/**
 * Sum along an axis, which stays with length 1 (so `db` is units × 1).
 *
 * `columns`: `s[i, 0] = Σⱼ A[i, j]`; `rows`: `s[0, j] = Σᵢ A[i, j]`.
 *
 * @returns rows × 1 for `columns`, 1 × columns for `rows`
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { sum } from "gradproof/array";
 * const dZ = Matrix.from([[1, 2, 3], [4, 5, 6]]); // units × examples
 * sum(dZ, "columns").toArray(); // => [[6], [15]]
 * sum(dZ, "rows").toArray(); // => [[5, 7, 9]]
 */
export function sum(A: Matrix, axis: Axis): Matrix {
  requireMatrix("sum(): A", A);
  requireName("sum(): axis", axis, axes);
  const result = axis === "columns" ? Matrix.zeros(A.rows, 1, A.dtype) : Matrix.zeros(1, A.columns, A.dtype);
  // Summed in double precision, rounded once where the matrix is float32.
  const sums = new Float64Array(result.data.length);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) sums[axis === "columns" ? i : j] += A.data[i * A.columns + j];
  }
  result.data.set(sums);
  return result;
}

/**
 * Mean along an axis, which stays with length 1: `sum(A, axis)` over the axis's length.
 *
 * @throws RangeError when the axis has length 0.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { mean } from "gradproof/array";
 * mean(Matrix.from([[1, 2, 3], [4, 5, 6]]), "columns").toArray(); // => [[2], [5]]
 */
export function mean(A: Matrix, axis: Axis): Matrix {
  requireMatrix("mean(): A", A);
  requireName("mean(): axis", axis, axes);
  const length = axis === "columns" ? A.columns : A.rows;
  if (length === 0) {
    throw new RangeError(`mean(): a ${A.rows} × ${A.columns} matrix has no ${axis} to take the mean over`);
  }
  const result = sum(A, axis);
  for (let k = 0; k < result.data.length; k++) result.data[k] /= length;
  return result;
}
