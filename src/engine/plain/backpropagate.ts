import type { FloatArray } from "../../array/floatArray.js";

/**
 * `dA = Wᵀ dZ`, the gradient handed to the layer below; four units at a time, as in `affine`.
 *
 * @param W units × inputs
 * @param dZ units × m
 * @param dA inputs × m, overwritten
 */
export function backThroughWeights(
  W: FloatArray,
  dZ: FloatArray,
  dA: FloatArray,
  units: number,
  inputs: number,
  m: number,
): void {
  for (let i = 0; i < inputs; i++) {
    const a = i * m;
    for (let j = 0; j < m; j++) dA[a + j] = 0;
    let u = 0;
    for (; u + 3 < units; u += 4) {
      const w0 = W[u * inputs + i];
      const w1 = W[(u + 1) * inputs + i];
      const w2 = W[(u + 2) * inputs + i];
      const w3 = W[(u + 3) * inputs + i];
      const z0 = u * m;
      const z1 = z0 + m;
      const z2 = z1 + m;
      const z3 = z2 + m;
      for (let j = 0; j < m; j++) {
        dA[a + j] += w0 * dZ[z0 + j] + w1 * dZ[z1 + j] + w2 * dZ[z2 + j] + w3 * dZ[z3 + j];
      }
    }
    for (; u < units; u++) {
      const w0 = W[u * inputs + i];
      const z0 = u * m;
      for (let j = 0; j < m; j++) dA[a + j] += w0 * dZ[z0 + j];
    }
  }
}

/**
 * `dW = (1/m) dZ Aᵀ` and `db = (1/m) Σ_columns dZ`; four inputs share each read of dZ.
 *
 * @param dZ units × m
 * @param A inputs × m
 * @param dW units × inputs, overwritten
 * @param db units × 1, overwritten
 */
export function parameterGradients(
  dZ: FloatArray,
  A: FloatArray,
  dW: FloatArray,
  db: FloatArray,
  units: number,
  inputs: number,
  m: number,
): void {
  for (let u = 0; u < units; u++) {
    const z = u * m;
    const w = u * inputs;
    let i = 0;
    for (; i + 3 < inputs; i += 4) {
      const a0 = i * m;
      const a1 = a0 + m;
      const a2 = a1 + m;
      const a3 = a2 + m;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let j = 0; j < m; j++) {
        const d = dZ[z + j];
        s0 += d * A[a0 + j];
        s1 += d * A[a1 + j];
        s2 += d * A[a2 + j];
        s3 += d * A[a3 + j];
      }
      dW[w + i] = s0 / m;
      dW[w + i + 1] = s1 / m;
      dW[w + i + 2] = s2 / m;
      dW[w + i + 3] = s3 / m;
    }
    for (; i < inputs; i++) {
      const a0 = i * m;
      let s = 0;
      for (let j = 0; j < m; j++) s += dZ[z + j] * A[a0 + j];
      dW[w + i] = s / m;
    }
    let s = 0;
    for (let j = 0; j < m; j++) s += dZ[z + j];
    db[u] = s / m;
  }
}
