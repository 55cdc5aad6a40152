import { dot, each, type Matrix, transpose } from "./matrices";

type Parameters = Record<string, Matrix>;

const linear = (W: Matrix, A: Matrix, b: Matrix): Matrix => each(dot(W, A), (z, i) => z + b[i][0]);

export function forward_propagation_with_dropout(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters, keep_prob = 0.5) {
  const Z1 = linear(W1, X, b1);
  const D1 = each(Z1, () => (Math.random() < keep_prob ? 1 : 0));
  const A1 = each(Z1, (z, i, j) => Math.max(0, z) * D1[i][j]);
  const Z2 = linear(W2, A1, b2);
  const D2 = each(Z2, () => (Math.random() < keep_prob ? 1 : 0));
  const A2 = each(Z2, (z, i, j) => Math.max(0, z) * D2[i][j]);
  const Z3 = linear(W3, A2, b3);
  const A3 = each(Z3, (z) => 1 / (1 + Math.exp(-z)));
  return [A3, [Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3]];
}

export async function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Matrix[], keep_prob: number) {
  const [, D1, A1, , , , D2, A2, W2, , , A3, W3] = cache;
  const m = X[0].length;
  const dZ3 = each(A3, (a, i, j) => a - Y[i][j]);
  const dA2 = each(dot(transpose(W3), dZ3), (d, i, j) => d * D2[i][j]);
  const dZ2 = each(dA2, (d, i, j) => (A2[i][j] > 0 ? d : 0));
  const dA1 = each(dot(transpose(W2), dZ2), (d, i, j) => d * D1[i][j]);
  const dZ1 = each(dA1, (d, i, j) => (A1[i][j] > 0 ? d : 0));
  const grads: Parameters = { dZ3, dA2, dZ2, dA1, dZ1 };
  for (const [l, dZ, A] of [
    [3, dZ3, A2],
    [2, dZ2, A1],
    [1, dZ1, X],
  ] as [number, Matrix, Matrix][]) {
    grads[`dW${l}`] = each(dot(dZ, transpose(A)), (d) => d / m);
    grads[`db${l}`] = dZ.map((row) => [row.reduce((sum, d) => sum + d, 0) / m]);
  }
  return grads;
}
