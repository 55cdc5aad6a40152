import { Matrix } from "../../array/matrix.js";

/**
 * Products of float64 matrices that run along the rows of all three, which large ones need: several times as fast as those of
 * `array/`, which are written to be read. Each entry is summed in the same order, so that the bits are the same.
 */

/** A B */
export function product(A: Matrix, B: Matrix): Matrix {
  const C = Matrix.zeros(A.rows, B.columns); // (rows × columns)
  addProduct(A, B, C);
  return C;
}

/** Aᵀ B */
export function transposedProduct(A: Matrix, B: Matrix): Matrix {
  const C = Matrix.zeros(A.columns, B.columns); // (rows × columns)
  accumulate(A.data, 1, A.columns, B, C, A.rows);
  return C;
}

/** C := C + A B */
export function addProduct(A: Matrix, B: Matrix, C: Matrix): void {
  accumulate(A.data, A.columns, 1, B, C, A.columns);
}

/** `C[i, :] += Σₖ a[i · rowStep + k · step] B[k, :]`, four k at a time, in their order. */
function accumulate(
  a: ArrayLike<number>,
  rowStep: number,
  step: number,
  { data: b, columns }: Matrix,
  { data: c, rows }: Matrix,
  inner: number,
): void {
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    let k = 0;
    for (; k + 3 < inner; k += 4) {
      const at = i * rowStep + k * step;
      const [a0, a1, a2, a3] = [a[at], a[at + step], a[at + 2 * step], a[at + 3 * step]];
      const from = k * columns;
      for (let j = 0; j < columns; j++) {
        const p = from + j;
        c[row + j] = c[row + j] + a0 * b[p] + a1 * b[p + columns] + a2 * b[p + 2 * columns] + a3 * b[p + 3 * columns];
      }
    }
    for (; k < inner; k++) {
      const ak = a[i * rowStep + k * step];
      for (let j = 0; j < columns; j++) c[row + j] += ak * b[k * columns + j];
    }
  }
}
