import type { FloatArray } from "../../array/floatArray.js";

/**
 * `dW = (1/m) dZ Aᵀ` and `db = (1/m) Σ_columns dZ`.
 *
 * Four sums run side by side, so that no addition waits for the one before. The one to three inputs left over share
 * their pass with the bias.
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
  const rest = inputs % 4;
  // Rows that do not exist are read as row 0 and their sums thrown away.
  const r1 = rest > 1 ? m : 0;
  const r2 = rest > 2 ? 2 * m : 0;
  for (let u = 0; u < units; u++) {
    const z = u * m;
    const w = u * inputs;
    let bias = 0;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    for (let j = 0; j < m; j++) {
      const d = dZ[z + j];
      bias += d;
      s0 += d * A[j];
      s1 += d * A[r1 + j];
      s2 += d * A[r2 + j];
    }
    db[u] = bias / m;
    if (rest > 0) dW[w] = s0 / m;
    if (rest > 1) dW[w + 1] = s1 / m;
    if (rest > 2) dW[w + 2] = s2 / m;
    for (let i = rest; i < inputs; i += 4) {
      const a0 = i * m;
      const a1 = a0 + m;
      const a2 = a1 + m;
      const a3 = a2 + m;
      s0 = 0;
      s1 = 0;
      s2 = 0;
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
  }
}
