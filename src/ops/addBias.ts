import type { Matrix } from "../array/matrix.js";

/** Adds b (units × 1) to each column of Z (units × examples), in place. */
export function addBias(Z: Matrix, b: Matrix): void {
  for (let i = 0; i < Z.rows; i++) {
    for (let k = i * Z.columns; k < (i + 1) * Z.columns; k++) Z.data[k] += b.data[i];
  }
}
