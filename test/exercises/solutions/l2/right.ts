type Matrix = number[][];
type Parameters = Record<string, Matrix>;

const dot = (A: Matrix, B: Matrix): Matrix =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
const T = (A: Matrix): Matrix => A[0].map((_, j) => A.map((row) => row[j]));
const map = (A: Matrix, f: (a: number, i: number, j: number) => number): Matrix =>
  A.map((row, i) => row.map((a, j) => f(a, i, j)));

export function compute_cost_with_regularization(A3: Matrix, Y: Matrix, parameters: Parameters, lambd: number): number {
  const m = Y[0].length;
  let cost = 0;
  for (let j = 0; j < m; j++) cost -= Y[0][j] * Math.log(A3[0][j]) + (1 - Y[0][j]) * Math.log(1 - A3[0][j]);
  for (const name of ["W1", "W2", "W3"])
    for (const row of parameters[name]) for (const w of row) cost += (lambd / 2) * w * w;
  return cost / m;
}

export function backward_propagation_with_regularization(
  X: Matrix,
  Y: Matrix,
  cache: Matrix[],
  lambd: number,
): Parameters {
  const [, A1, W1, , , A2, W2, , , A3, W3] = cache;
  const m = X[0].length;
  const dZ3 = map(A3, (a, i, j) => a - Y[i][j]);
  const dZ2 = map(dot(T(W3), dZ3), (d, i, j) => (A2[i][j] > 0 ? d : 0));
  const dZ1 = map(dot(T(W2), dZ2), (d, i, j) => (A1[i][j] > 0 ? d : 0));
  const grads: Parameters = {};
  for (const [l, dZ, A, W] of [
    [1, dZ1, X, W1],
    [2, dZ2, A1, W2],
    [3, dZ3, A2, W3],
  ] as [number, Matrix, Matrix, Matrix][]) {
    grads[`dW${l}`] = map(dot(dZ, T(A)), (d, i, j) => (d + lambd * W[i][j]) / m);
    grads[`db${l}`] = dZ.map((row) => [row.reduce((sum, d) => sum + d, 0) / m]);
  }
  return grads;
}
