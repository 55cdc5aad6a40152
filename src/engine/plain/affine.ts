import type { FloatArray } from "../../array/floatArray.js";

/**
 * `Z = W A + b`.
 *
 * Inputs are taken four at a time: their weights stay in registers while the examples stream by, so each entry of Z is
 * read and written once for four products. The one to three inputs left over go first, together with the bias.
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
  const rest = inputs % 4;
  for (let u = 0; u < units; u++) {
    const z = u * m;
    const w = u * inputs;
    beginRow(b[u], W, w, 1, rest, A, Z, z, m);
    for (let i = rest; i < inputs; i += 4) {
      addFourRows(W[w + i], W[w + i + 1], W[w + i + 2], W[w + i + 3], A, i * m, Z, z, m);
    }
  }
}

/**
 * `dA = Wᵀ dZ`, the gradient handed to the layer below; the same loop over the columns of W.
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
  const rest = units % 4;
  for (let i = 0; i < inputs; i++) {
    const a = i * m;
    beginRow(0, W, i, inputs, rest, dZ, dA, a, m);
    for (let u = rest; u < units; u += 4) {
      const w = u * inputs + i;
      addFourRows(W[w], W[w + inputs], W[w + 2 * inputs], W[w + 3 * inputs], dZ, u * m, dA, a, m);
    }
  }
}

/** One row of the result from its constant and the first `rest` rows of A: `C = constant + Σᵢ wᵢ A[i]`, rest < 4. */
function beginRow(
  constant: number,
  W: FloatArray,
  w: number,
  stride: number,
  rest: number,
  A: FloatArray,
  C: FloatArray,
  c: number,
  m: number,
): void {
  if (rest === 0) {
    for (let j = 0; j < m; j++) C[c + j] = constant;
    return;
  }
  const w0 = W[w];
  if (rest === 1) {
    for (let j = 0; j < m; j++) C[c + j] = constant + w0 * A[j];
    return;
  }
  const w1 = W[w + stride];
  if (rest === 2) {
    for (let j = 0; j < m; j++) C[c + j] = constant + w0 * A[j] + w1 * A[m + j];
    return;
  }
  const w2 = W[w + 2 * stride];
  for (let j = 0; j < m; j++) C[c + j] = constant + w0 * A[j] + w1 * A[m + j] + w2 * A[2 * m + j];
}

/** `C += w0 A[a] + w1 A[a + m] + w2 A[a + 2m] + w3 A[a + 3m]`, row by row of m entries. */
function addFourRows(
  w0: number,
  w1: number,
  w2: number,
  w3: number,
  A: FloatArray,
  a: number,
  C: FloatArray,
  c: number,
  m: number,
): void {
  const a1 = a + m;
  const a2 = a1 + m;
  const a3 = a2 + m;
  for (let j = 0; j < m; j++) C[c + j] += w0 * A[a + j] + w1 * A[a1 + j] + w2 * A[a2 + j] + w3 * A[a3 + j];
}
