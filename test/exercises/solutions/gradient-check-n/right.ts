import { dot, each, type Matrix, transpose } from "../dropout/matrices";

type Parameters = Record<string, Matrix>;
const names = ["W1", "b1", "W2", "b2", "W3", "b3"];

const linear = (W: Matrix, A: Matrix, b: Matrix): Matrix => each(dot(W, A), (z, i) => z + b[i][0]);
const relu = (Z: Matrix): Matrix => each(Z, (z) => Math.max(0, z));

export function forward_propagation_n(
  X: Matrix,
  Y: Matrix,
  { W1, b1, W2, b2, W3, b3 }: Parameters,
): [number, Matrix[]] {
  const Z1 = linear(W1, X, b1);
  const A1 = relu(Z1);
  const Z2 = linear(W2, A1, b2);
  const A2 = relu(Z2);
  const Z3 = linear(W3, A2, b3);
  const A3 = each(Z3, (z) => 1 / (1 + Math.exp(-z)));
  const y = Y.flat();
  const cost = A3[0].reduce((sum, a, j) => sum - y[j] * Math.log(a) - (1 - y[j]) * Math.log(1 - a), 0) / y.length;
  return [cost, [Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3]];
}

export function backward_propagation_n(X: Matrix, Y: Matrix, cache: Matrix[]): Parameters {
  const [, A1, , , , A2, W2, , , A3, W3] = cache;
  const y = Y.flat();
  const dZ3 = each(A3, (a, _, j) => a - y[j]);
  const dZ2 = each(dot(transpose(W3), dZ3), (d, i, j) => (A2[i][j] > 0 ? d : 0));
  const dZ1 = each(dot(transpose(W2), dZ2), (d, i, j) => (A1[i][j] > 0 ? d : 0));
  const grads: Parameters = {};
  for (const [l, dZ, A] of [
    [3, dZ3, A2],
    [2, dZ2, A1],
    [1, dZ1, X],
  ] as [number, Matrix, Matrix][]) {
    grads[`dW${l}`] = each(dot(dZ, transpose(A)), (d) => d / y.length);
    grads[`db${l}`] = dZ.map((row) => [row.reduce((sum, d) => sum + d, 0) / y.length]);
  }
  return grads;
}

export function gradient_check_n(parameters: Parameters, gradients: Parameters, X: Matrix, Y: Matrix, epsilon = 1e-7) {
  const grad: number[] = [];
  const gradapprox: number[] = [];
  for (const name of names) {
    for (let i = 0; i < parameters[name].length; i++) {
      for (let j = 0; j < parameters[name][i].length; j++) {
        const cost = (by: number): number => {
          const moved = each(parameters[name], (w, r, c) => (r === i && c === j ? w + by : w));
          return forward_propagation_n(X, Y, { ...parameters, [name]: moved })[0];
        };
        gradapprox.push((cost(epsilon) - cost(-epsilon)) / (2 * epsilon));
        grad.push(gradients[`d${name}`][i][j]);
      }
    }
  }
  const norm = (v: number[]): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
  return norm(grad.map((g, k) => g - gradapprox[k])) / (norm(grad) + norm(gradapprox));
}
