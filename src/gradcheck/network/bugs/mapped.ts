import { Matrix } from "../../../array/matrix.js";

/** Entry by entry: `C[k] = f(A[k], k)`. */
export function mapped(A: Matrix, f: (a: number, k: number) => number): Matrix {
  const C = Matrix.zeros(A.rows, A.columns);
  for (let k = 0; k < C.data.length; k++) C.data[k] = f(A.data[k], k);
  return C;
}
