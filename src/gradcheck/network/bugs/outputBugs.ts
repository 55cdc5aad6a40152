import type { Matrix } from "../../../array/matrix.js";
import { lossOf } from "../../../network/loss.js";
import { outputGradient } from "../../../network/outputGradient.js";
import type { Bug, FixedBug } from "./bug.js";
import { rightFormulas, weighted } from "./formulas.js";
import { mapped } from "./mapped.js";
import type { Pass } from "./pass.js";

const byLogits = ({ network }: Pass): boolean => network.loss.by === "logits";
const byOutput = ({ network }: Pass): boolean => network.loss.by === "output";

/** dZ[L] without the weights of the examples. */
function unweighted({ network, step, Z, A, layers }: Pass): Matrix {
  return outputGradient(network, Z[layers], A[layers], step.Y);
}

/** One column of dZ[L] left out, the sums divided by `m − less`. */
function without({ m, dZ, layers }: Pass, column: number, less: 0 | 1): Matrix {
  return mapped(dZ[layers], (a, k) => (k % m === column ? 0 : (a * m) / (m - less)));
}

export const outputDerivativeTwice: FixedBug = {
  at: "output",
  possible: (pass) => byLogits(pass) && pass.network.loss.task === "binary",
  wrong: { output: (pass) => mapped(rightFormulas.output(pass), (a, k) => derivative(pass, k) * a) },
  says: ({ l }) => `dZ${l} of the cross-entropy is A${l} − Y as it is; here it is multiplied by σ'(Z${l}) once more`,
};

export const targetsMissing: FixedBug = {
  at: "output",
  possible: byLogits,
  wrong: { output: (pass) => weighted(pass, pass.A[pass.layers]) },
  says: ({ l }) => `Y is not subtracted: dZ${l} = A${l} − Y`,
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
  says: ({ l }) => `dZ${l} is not multiplied by g'(Z${l}): dZ${l} = dA${l} ∘ g'(Z${l})`,
};

export const lastExampleMissing = exampleBug("last", (m) => m - 1, 0);

/** Wrong derivatives of the loss. */
export const outputBugs: readonly Bug[] = [
  outputDerivativeTwice,
  targetsMissing,
  outputDerivativeMissing,
  {
    at: "output",
    possible: ({ step }) => step.weights !== undefined,
    wrong: { output: unweighted },
    says: ({ l }) => `the weights of the examples are missing from dZ${l}`,
  },
  {
    at: "output",
    possible: ({ step }) => step.weights !== undefined,
    wrong: { output: (pass) => weighted(pass, weighted(pass, unweighted(pass))) },
    says: ({ l }) => `dZ${l} is multiplied by the weights of the examples twice`,
  },
  exampleBug("first", () => 0, 0),
  exampleBug("first", () => 0, 1),
  lastExampleMissing,
  exampleBug("last", (m) => m - 1, 1),
];

/** One example is left out of all sums, which are still divided by m, or by m − 1. */
function exampleBug(which: string, column: (m: number) => number, less: 0 | 1): FixedBug {
  return {
    at: "output",
    possible: ({ m }) => m > 1,
    wrong: { output: (pass) => without(pass, column(pass.m), less) },
    says: ({ l }) =>
      `the ${which} example is left out: dZ${l} has a column for each${less === 1 ? ", and 1/m is 1/(m − 1)" : ""}`,
  };
}

/** a (1 − a) of the outputs */
function derivative({ A, layers }: Pass, k: number): number {
  const a = A[layers].data[k];
  return a * (1 - a);
}
