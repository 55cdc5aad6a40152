import { drive } from "../../../src/gradcheck/drive.js";
import type { ReverseCommunication } from "../../../src/gradcheck/problem.js";

/** A cost on a line as the numerics ask for it. */
export function line(J: (t: number) => number): (t: number) => ReverseCommunication<number> {
  return function* (t) {
    const value = yield () => J(t);
    return typeof value === "number" ? value : Number.NaN;
  };
}

export function run<Result>(computation: ReverseCommunication<Result>): Result {
  return drive(computation);
}

/** A one-layer network by hand: J = Σ tanh²(W x + b), with W 2 × 2, b of 2, x = (0.7, −1.2). */
export const small = {
  parameters: {
    W1: [
      [0.5, -0.3],
      [0.8, 0.1],
    ],
    b1: [0.2, -0.1],
  },
  cost: (p: SmallParameters): number => activations(p).reduce((sum, a) => sum + a * a, 0),
  gradients: (p: SmallParameters): { dW1: number[][]; db1: number[] } => {
    const dz = activations(p).map((a) => 2 * a * (1 - a * a));
    return { dW1: dz.map((d) => x.map((xj) => d * xj)), db1: dz };
  },
};

export interface SmallParameters {
  W1: number[][];
  b1: number[];
}

const x = [0.7, -1.2];

function activations({ W1, b1 }: SmallParameters): number[] {
  return W1.map((row, i) => Math.tanh(row[0] * x[0] + row[1] * x[1] + b1[i]));
}
