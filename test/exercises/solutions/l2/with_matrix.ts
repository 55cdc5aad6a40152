// With the algebra of gradproof; gradients are returned as its matrices.
import { Matrix } from "gradproof";
import { add, divide, map, multiply, product, subtract, sum, transpose } from "gradproof/array";

type Rows = number[][];

export function compute_cost_with_regularization(A3: Rows, Y: Rows, parameters: Record<string, Rows>, lambd: number) {
  const m = Y[0].length;
  const losses = A3[0].map((a, j) => -Y[0][j] * Math.log(a) - (1 - Y[0][j]) * Math.log(1 - a));
  const squares = ["W1", "W2", "W3"].flatMap((name) => parameters[name].flat()).map((w) => w ** 2);
  const total = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  return total(losses) / m + (lambd / (2 * m)) * total(squares);
}

export function backward_propagation_with_regularization(X: Rows, Y: Rows, cache: Rows[], lambd: number) {
  const m = X[0].length;
  const [, A1, W1, , , A2, W2, , , A3, W3] = cache.map((rows) => Matrix.from(rows));
  const step = (A: Matrix): Matrix => map(A, (a) => (a > 0 ? 1 : 0));
  const dZ3 = subtract(A3, Matrix.from(Y));
  const dZ2 = multiply(product(transpose(W3), dZ3), step(A2));
  const dZ1 = multiply(product(transpose(W2), dZ2), step(A1));
  const dW = (dZ: Matrix, A: Matrix, W: Matrix): Matrix =>
    divide(add(product(dZ, transpose(A)), multiply(W, lambd)), m);
  const db = (dZ: Matrix): Matrix => divide(sum(dZ, "columns"), m);
  return {
    dW3: dW(dZ3, A2, W3),
    db3: db(dZ3),
    dW2: dW(dZ2, A1, W2),
    db2: db(dZ2),
    dW1: dW(dZ1, Matrix.from(X), W1),
    db1: db(dZ1),
  };
}
