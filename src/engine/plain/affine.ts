import type { FloatArray } from "../../array/floatArray.js";

/**
 * `Z = W A + b`.
 *
 * Four inputs at a time: their four weights stay in registers while the examples stream by, so each entry of Z is read
 * and written once for four products.
 *
 * @param W units × inputs
 * @param b units × 1
 * @param A inputs × m
 * @param Z units × m, overwritten
 */
export function affine(
  W: FloatArray,
  b: FloatArray,
  A: FloatArray,
  Z: FloatArray,
  units: number,
  inputs: number,
  m: number,
): void {
  for (let u = 0; u < units; u++) {
    const z = u * m;
    const w = u * inputs;
    const bias = b[u];
    for (let j = 0; j < m; j++) Z[z + j] = bias;
    let i = 0;
    for (; i + 3 < inputs; i += 4) {
      const w0 = W[w + i];
      const w1 = W[w + i + 1];
      const w2 = W[w + i + 2];
      const w3 = W[w + i + 3];
      const a0 = i * m;
      const a1 = a0 + m;
      const a2 = a1 + m;
      const a3 = a2 + m;
      for (let j = 0; j < m; j++) {
        Z[z + j] += w0 * A[a0 + j] + w1 * A[a1 + j] + w2 * A[a2 + j] + w3 * A[a3 + j];
      }
    }
    for (; i < inputs; i++) {
      const w0 = W[w + i];
      const a0 = i * m;
      for (let j = 0; j < m; j++) Z[z + j] += w0 * A[a0 + j];
    }
  }
}
