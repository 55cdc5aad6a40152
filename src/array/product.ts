import type { DType, FloatArray } from "./floatArray.js";
import { Matrix } from "./matrix.js";
import { requireMatrix } from "./requireMatrix.js";
import { ShapeError } from "./shapeError.js";
import { transposeInto } from "./transposeInto.js";

/**
 * Matrix product C = A B: `C[i, j] = Σₖ A[i, k] B[k, j]`, summed in the order of k.
 *
 * @param A rows × inner
 * @param B inner × columns
 * @returns rows × columns
 * @throws ShapeError when A's columns differ from B's rows.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { product } from "gradproof/array";
 * const W = Matrix.from([[1, 2], [3, 4]]); // units × inputs
 * const X = Matrix.from([[1, 0, 1], [0, 1, 1]]); // inputs × examples
 * product(W, X).toArray(); // => [[1, 2, 3], [3, 4, 7]]
 */
export function product(A: Matrix, B: Matrix): Matrix {
  requireMatrix("product(): A", A);
  requireMatrix("product(): B", B);
  if (A.columns !== B.rows) {
    throw new ShapeError(
      `product(): a ${A.rows} × ${A.columns} matrix cannot be multiplied by a ${B.rows} × ${B.columns} matrix: ` +
        `${A.columns} columns against ${B.rows} rows`,
    );
  }
  const C = Matrix.zeros(A.rows, B.columns, productType(A, B)); // (rows × columns)
  const sums = new Float64Array(B.columns); // a row of C in double precision, rounded once where C is float32
  for (let i = 0; i < A.rows; i++) {
    sums.fill(0);
    for (let k = 0; k < A.columns; k++) addMultiple(sums, A.data[i * A.columns + k], B, k);
    C.data.set(sums, i * B.columns);
  }
  return C;
}

/**
 * C = A Bᵀ without forming the transpose: `C[i, j] = Σₖ A[i, k] B[j, k]`. It is the product in `dW = (1/m) dZ Aᵀ`.
 *
 * @param A rows × inner
 * @param B columns × inner
 * @returns rows × columns
 * @throws ShapeError when A and B differ in their number of columns.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { productWithTransposed } from "gradproof/array";
 * const dZ = Matrix.from([[1, 2]]); // units × examples
 * const A = Matrix.from([[1, 1], [0, 3]]); // inputs × examples
 * productWithTransposed(dZ, A).toArray(); // => [[3, 6]]
 */
export function productWithTransposed(A: Matrix, B: Matrix): Matrix {
  requireMatrix("productWithTransposed(): A", A);
  requireMatrix("productWithTransposed(): B", B);
  if (A.columns !== B.columns) {
    throw new ShapeError(
      `productWithTransposed(): a ${A.rows} × ${A.columns} matrix does not fit the transpose of a ` +
        `${B.rows} × ${B.columns} matrix: ${A.columns} columns against ${B.columns}`,
    );
  }
  const C = Matrix.zeros(A.rows, B.rows, productType(A, B)); // (rows × columns)
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < B.rows; j++) C.data[i * B.rows + j] = dot(A.data, i, B.data, j, A.columns);
  }
  return C;
}

/**
 * C = Aᵀ B without forming the transpose: `C[i, j] = Σₖ A[k, i] B[k, j]`. It is the product in `dA[l−1] = W[l]ᵀ dZ[l]`.
 *
 * @param A inner × rows
 * @param B inner × columns
 * @returns rows × columns
 * @throws ShapeError when A and B differ in their number of rows.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { transposedProduct } from "gradproof/array";
 * const W = Matrix.from([[1, 2]]); // units × inputs
 * const dZ = Matrix.from([[3, 4]]); // units × examples
 * transposedProduct(W, dZ).toArray(); // => [[3, 4], [6, 8]]
 */
export function transposedProduct(A: Matrix, B: Matrix): Matrix {
  requireMatrix("transposedProduct(): A", A);
  requireMatrix("transposedProduct(): B", B);
  if (A.rows !== B.rows) {
    throw new ShapeError(
      `transposedProduct(): the transpose of a ${A.rows} × ${A.columns} matrix does not fit a ` +
        `${B.rows} × ${B.columns} matrix: ${A.rows} rows against ${B.rows}`,
    );
  }
  const C = Matrix.zeros(A.columns, B.columns, productType(A, B)); // (rows × columns)
  const sums = new Float64Array(B.columns); // a row of C in double precision, rounded once where C is float32
  for (let i = 0; i < A.columns; i++) {
    sums.fill(0);
    for (let k = 0; k < A.rows; k++) addMultiple(sums, A.data[k * A.columns + i], B, k);
    C.data.set(sums, i * B.columns);
  }
  return C;
}

/**
 * The transpose Aᵀ as a new matrix: `B[j, i] = A[i, j]`.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { transpose } from "gradproof/array";
 * transpose(Matrix.row([1, 2])).toArray(); // => [[1], [2]]
 */
export function transpose(A: Matrix): Matrix {
  requireMatrix("transpose(): A", A);
  const B = Matrix.zeros(A.columns, A.rows, A.dtype); // (columns × rows)
  transposeInto(B.data, A.data, A.rows, A.columns);
  return B;
}

/** `sums += a · row k of B`: along rows, which lie in order, and not down columns. */
function addMultiple(sums: Float64Array, a: number, B: Matrix, k: number): void {
  const { data } = B;
  const row = k * sums.length;
  for (let j = 0; j < sums.length; j++) sums[j] += a * data[row + j];
}

/** `Σₖ A[i, k] B[j, k]`, in the order of k. */
function dot(A: FloatArray, i: number, B: FloatArray, j: number, columns: number): number {
  const b = j * columns;
  let sum = 0;
  for (let k = i * columns; k < (i + 1) * columns; k++) sum += A[k] * B[b + k - i * columns];
  return sum;
}

function productType(A: Matrix, B: Matrix): DType {
  return A.dtype === "float32" && B.dtype === "float32" ? "float32" : "float64";
}
