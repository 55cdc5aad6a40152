import { multiply } from "../../../array/broadcast.js";
import type { Matrix } from "../../../array/matrix.js";
import { outputGradient } from "../../../network/outputGradient.js";
import type { Bug, FixedBug } from "./bug.js";
import { rightFormulas } from "./formulas.js";
import { mapped } from "./mapped.js";
import type { Pass } from "./pass.js";

const lossIs =
  (...names: readonly string[]) =>
  ({ network }: Pass): boolean =>
    names.includes(network.spec.loss);
const crossEntropy = lossIs("binaryCrossEntropy", "categoricalCrossEntropy");
const squaredError = lossIs("meanSquaredError");

/** dZ[L] without the weights of the examples. */
function unweighted({ network, step, Z, A, layers }: Pass): Matrix {
  return outputGradient(network, Z[layers], A[layers], step.Y);
}

function weighted({ step }: Pass, dZ: Matrix): Matrix {
  return step.weights === undefined ? dZ : multiply(dZ, step.weights);
}

/** One column of dZ[L] left out, the sums divided by `m − less`. */
function without({ m, dZ, layers }: Pass, column: number, less: 0 | 1): Matrix {
  return mapped(dZ[layers], (a, k) => (k % m === column ? 0 : (a * m) / (m - less)));
}

export const outputDerivativeTwice: FixedBug = {
  at: "output",
  possible: lossIs("binaryCrossEntropy"),
  wrong: { output: (pass) => mapped(rightFormulas.output(pass), (a, k) => derivative(pass, k) * a) },
  says: ({ l }) => `dZ${l} of the cross-entropy is A${l} − Y as it is; here it is multiplied by σ'(Z${l}) once more`,
};

export const targetsMissing: FixedBug = {
  at: "output",
  possible: crossEntropy,
  wrong: { output: (pass) => weighted(pass, pass.A[pass.layers]) },
  says: ({ l }) => `Y is not subtracted: dZ${l} = A${l} − Y`,
};

export const outputDerivativeMissing: FixedBug = {
  at: "output",
  possible: squaredError,
  wrong: { output: (pass) => weighted(pass, error(pass)) },
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
    possible: (pass) => squaredError(pass) && pass.layer(pass.layers).activation.name === "softmax",
    wrong: {
      output: (pass) =>
        weighted(
          pass,
          mapped(error(pass), (a, k) => a * derivative(pass, k)),
        ),
    },
    says: ({ l }) => `dZ${l} uses the diagonal of the softmax's Jacobian alone: dz = a (da − Σ da a), column by column`,
  },
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

/** dA[L] of the mean squared error */
function error({ A, step, layers }: Pass): Matrix {
  const { rows } = A[layers];
  return mapped(A[layers], (a, k) => (2 * (a - step.Y.data[k])) / rows);
}
