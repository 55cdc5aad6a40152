import { add, elementwise, map, multiply } from "../array/broadcast.js";
import type { Matrix } from "../array/matrix.js";
import { product } from "../array/product.js";
import { log } from "../numeric/log.js";
import { sigmoid } from "../numeric/sigmoid.js";
import type { RandomState } from "../random/randomState.js";

/** Arrays by the course's names, such as W1, b1, Z1, A1. */
export type Named = Readonly<Record<string, Matrix>>;

/** What the course's networks of three layers learn from. */
export interface CourseData {
  /** n[0] × m. */
  readonly X: Matrix;
  /** 1 × m, of zeros and ones. */
  readonly Y: Matrix;
  /** W1, b1, W2, b2, W3, b3. */
  readonly parameters: Named;
}

/** What the cache of a forward pass holds, in the course's order. */
export const cacheNames = ["Z1", "A1", "W1", "b1", "Z2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3"] as const;

/** The same with dropout. */
export const dropoutCacheNames = [
  ...["Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3"],
] as const;

/** The gradients of the parameters, from the last block to the first, as the backward pass comes upon them. */
export const gradientNames = ["dW3", "db3", "dW2", "db2", "dW1", "db1"] as const;

/**
 * Data of normal features, labels of both classes, weights of N(0, 1 / n[l−1]) and biases that are not zero. In each hidden
 * layer ReLU passes something on and stops something, and no more than half of the units are dead.
 *
 * @param dims n[0], n[1], …, 1
 * @param m examples, at least 2
 */
export function drawData(random: RandomState, dims: readonly number[], m: number): CourseData {
  const X = random.randn(dims[0], m);
  const Y = map(random.rand(1, m), (u) => (u < 0.5 ? 1 : 0));
  Y.data[0] = 1;
  Y.data[1] = 0;
  for (;;) {
    const parameters: Record<string, Matrix> = {};
    for (let l = 1; l < dims.length; l++) {
      parameters[`W${l}`] = multiply(random.randn(dims[l], dims[l - 1]), 1 / Math.sqrt(dims[l - 1]));
      parameters[`b${l}`] = multiply(random.randn(dims[l], 1), 0.5);
    }
    if (dims.length < 4 || isAlive(forwardPass(X, parameters))) return { X, Y, parameters };
  }
}

function isAlive(values: Named): boolean {
  return [values.Z1, values.Z2].every((Z) => {
    const rows = Array.from({ length: Z.rows }, (_, i) => Z.rowData(i));
    const alive = rows.filter((row) => row.some((z) => z > 0)).length;
    return alive >= Z.rows / 2 && Z.data.some((z) => z <= 0);
  });
}

/** LINEAR-RELU-LINEAR-RELU-LINEAR-SIGMOID: all that the cache holds, by name. With masks, A1 and A2 are A ∘ D / keep. */
export function forwardPass(X: Matrix, parameters: Named, dropout?: { masks: Named; keep: number }): Named {
  const kept: Record<string, Matrix> = { ...parameters, ...dropout?.masks };
  let A = X;
  for (const l of [1, 2, 3]) {
    const Z = add(product(parameters[`W${l}`], A), parameters[`b${l}`]);
    kept[`Z${l}`] = Z;
    A = l === 3 ? map(Z, sigmoid) : map(Z, (z) => Math.max(0, z));
    if (dropout && l < 3) A = multiply(multiply(A, dropout.masks[`D${l}`]), 1 / dropout.keep);
    kept[`A${l}`] = A;
  }
  return kept;
}

/** Σ over examples of −log a where y is 1: the cross-entropy's first part, and with 1 − y and 1 − a its second. */
export function sumOfLogs(A: Matrix, Y: Matrix): number {
  // An example of the other class adds nothing, also where log a is −∞.
  return total(elementwise("sumOfLogs()", A, Y, (a, y) => (y === 0 ? 0 : -y * log(a))));
}

/** The cross-entropy J of outputs A and labels Y. */
export function crossEntropy(A: Matrix, Y: Matrix): number {
  const other = (M: Matrix): Matrix => map(M, (x) => 1 - x);
  return (sumOfLogs(A, Y) + sumOfLogs(other(A), other(Y))) / Y.columns;
}

/** The sum of all entries. */
export function total({ data }: Matrix): number {
  let sum = 0;
  for (const x of data) sum += x;
  return sum;
}

/** The sum of the squares of all entries. */
export function sumOfSquares(A: Matrix): number {
  return total(map(A, (x) => x * x));
}
