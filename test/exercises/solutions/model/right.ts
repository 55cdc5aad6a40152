import { dot, each, type Matrix, transpose } from "../dropout/matrices";

type Parameters = Record<string, Matrix>;

const normal = (): number => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
const linear = (W: Matrix, A: Matrix, b: Matrix): Matrix => each(dot(W, A), (z, i) => z + b[i][0]);

function forward(X: Matrix, { W1, b1, W2, b2, W3, b3 }: Parameters): Matrix[] {
  const A1 = each(linear(W1, X, b1), (z) => Math.max(0, z));
  const A2 = each(linear(W2, A1, b2), (z) => Math.max(0, z));
  return [A1, A2, each(linear(W3, A2, b3), (z) => 1 / (1 + Math.exp(-z)))];
}

export function predict(X: Matrix, _y: Matrix, parameters: Parameters): Matrix {
  return each(forward(X, parameters)[2], (a) => (a > 0.5 ? 1 : 0));
}

export function model(X: Matrix, Y: Matrix, learningRate = 0.3, numIterations = 30000): Parameters {
  const dims = [X.length, 10, 5, 1];
  const P: Parameters = {};
  for (const l of [1, 2, 3]) {
    const scale = Math.sqrt(2 / dims[l - 1]);
    P[`W${l}`] = Array.from({ length: dims[l] }, () => Array.from({ length: dims[l - 1] }, () => normal() * scale));
    P[`b${l}`] = Array.from({ length: dims[l] }, () => [0]);
  }
  const m = X[0].length;
  for (let step = 0; step < numIterations; step++) {
    const [A1, A2, A3] = forward(X, P);
    const dZ3 = each(A3, (a, i, j) => (a - Y[i][j]) / m);
    const dZ2 = each(dot(transpose(P.W3), dZ3), (d, i, j) => (A2[i][j] > 0 ? d : 0));
    const dZ1 = each(dot(transpose(P.W2), dZ2), (d, i, j) => (A1[i][j] > 0 ? d : 0));
    for (const [l, dZ, A] of [
      [3, dZ3, A2],
      [2, dZ2, A1],
      [1, dZ1, X],
    ] as [number, Matrix, Matrix][]) {
      const dW = dot(dZ, transpose(A));
      P[`W${l}`] = each(P[`W${l}`], (w, i, j) => w - learningRate * dW[i][j]);
      P[`b${l}`] = P[`b${l}`].map(([b], i) => [b - learningRate * dZ[i].reduce((sum, d) => sum + d, 0)]);
    }
  }
  return P;
}
