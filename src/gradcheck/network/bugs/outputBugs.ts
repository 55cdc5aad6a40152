import type { Matrix } from "../../../array/matrix.js";
import { lossOf } from "../../../network/loss.js";
import { outputGradient } from "../../../network/outputGradient.js";
import type { Backpropagation } from "./backpropagation.js";
import { type Bug, type FixedBug, named, type Says } from "./bug.js";
import { rightFormulas, weighted } from "./formulas.js";
import { mapped } from "./mapped.js";

const byLogits = ({ network }: Backpropagation): boolean => network.loss.by === "logits";
const byOutput = ({ network }: Backpropagation): boolean => network.loss.by === "output";

/** dZ[L] without the weights of the examples. */
function unweighted({ network, step, Z, A, layers }: Backpropagation): Matrix {
  return outputGradient(network, Z[layers], A[layers], step.Y);
}

/** One column of dZ[L] left out, the sums divided by `m − less`. */
function without({ m, dZ, layers }: Backpropagation, column: number, less: 0 | 1): Matrix {
  return mapped(dZ[layers], (a, k) => (k % m === column ? 0 : (a * m) / (m - less)));
}

export const outputDerivativeTwice: FixedBug = {
  at: "output",
  possible: (pass) => byLogits(pass) && pass.network.loss.task === "binary",
  wrong: { output: (pass) => mapped(rightFormulas.output(pass), (a, k) => derivative(pass, k) * a) },
  says: named("bug.outputDerivativeTwice"),
};

export const targetsMissing: FixedBug = {
  at: "output",
  possible: ({ network: { loss }, layers, network }) =>
    loss.residual === true && !(loss.meanOfOutputs && network.layers[layers - 1].units > 1),
  wrong: { output: (pass) => weighted(pass, pass.A[pass.layers]) },
  says: named("bug.targetsMissing"),
};

export const outputDerivativeMissing: FixedBug = {
  at: "output",
  possible: byOutput,
  wrong: {
    output: (pass) => {
      const { network, step, Z, A, layers } = pass;
      return weighted(pass, lossOf(network).derivative(Z[layers], A[layers], step.Y));
    },
  },
  says: named("bug.outputDerivativeMissing"),
};

export const lastExampleMissing = exampleBug((m) => m - 1, 0, named("bug.lastExampleMissing"));

/** Wrong derivatives of the loss. */
export const outputBugs: readonly Bug[] = [
  outputDerivativeTwice,
  targetsMissing,
  outputDerivativeMissing,
  {
    at: "output",
    possible: ({ step }) => step.weights !== undefined,
    wrong: { output: unweighted },
    says: named("bug.weightsMissing"),
  },
  {
    at: "output",
    possible: ({ step }) => step.weights !== undefined,
    wrong: { output: (pass) => weighted(pass, weighted(pass, unweighted(pass))) },
    says: named("bug.weightsTwice"),
  },
  exampleBug(() => 0, 0, named("bug.firstExampleMissing")),
  exampleBug(() => 0, 1, named("bug.firstExampleUncounted")),
  lastExampleMissing,
  exampleBug((m) => m - 1, 1, named("bug.lastExampleUncounted")),
];

/** One example is left out of all sums, which are still divided by m, or by m − 1. */
function exampleBug(column: (m: number) => number, less: 0 | 1, says: Says): FixedBug {
  return {
    at: "output",
    possible: ({ m }) => m > 1,
    wrong: { output: (pass) => without(pass, column(pass.m), less) },
    says,
  };
}

/** a (1 − a) of the outputs */
function derivative({ A, layers }: Backpropagation, k: number): number {
  const a = A[layers].data[k];
  return a * (1 - a);
}
