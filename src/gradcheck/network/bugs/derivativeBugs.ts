import { scalarOf } from "../../../ops/activation/activation.js";
import { activations } from "../../../ops/generated/activations.js";
import type { ActivationName } from "../../../ops/names.js";
import { significant } from "../../significant.js";
import type { Bug, FixedBug, Says } from "./bug.js";
import { mapped } from "./mapped.js";
import type { Pass } from "./pass.js";

const sigmoid = scalarOf(activations.sigmoid, {});
const tanh = scalarOf(activations.tanh, {});

const nameAt = (pass: Pass, l: number): ActivationName => pass.layer(l).activation.name;

/** dZ[l] = dA[l] ∘ f(z, a, da), of layers with this activation. */
function derivative(activation: ActivationName, f: (z: number, a: number, da: number) => number, says: Says): FixedBug {
  return {
    at: "hidden",
    possible: (pass, l) => nameAt(pass, l) === activation,
    wrong: {
      dZ: ({ Z, unmasked }, l, dA) => mapped(dA, (da, k) => da * f(Z[l].data[k], unmasked[l].data[k], da)),
    },
    says,
  };
}

/** The derivative of another activation, where that is no bug listed by itself. */
function derivativeOf(name: "relu" | "sigmoid" | "tanh", instead: readonly ActivationName[]): Bug {
  const other = scalarOf(activations[name], {});
  return {
    at: "hidden",
    possible: (pass, l) => instead.includes(nameAt(pass, l)),
    wrong: {
      dZ: ({ Z }, l, dA) => mapped(dA, (da, k) => da * other.derivative(Z[l].data[k], other.value(Z[l].data[k]))),
    },
    says: ({ l }) => `g'(Z${l}) is the derivative of ${name}, which is not the activation of that layer`,
  };
}

/** The derivative taken at the values of the layer below or above, which have the same shape. */
function derivativeAt(neighbour: -1 | 1, says: Says): FixedBug {
  return {
    at: "hidden",
    possible: (pass, l) => {
      const wide = neighbour < 0 ? pass.layer(l).inputs : pass.layer(l + 1).units;
      return nameAt(pass, l) !== "linear" && wide === pass.layer(l).units;
    },
    wrong: {
      dZ: (pass, l, dA) => pass.layer(l).activation.backward(dA, pass.Z[l + neighbour], pass.unmasked[l + neighbour]),
    },
    says,
  };
}

export const derivativeMissing: FixedBug = {
  at: "hidden",
  possible: (pass, l) => nameAt(pass, l) !== "linear",
  wrong: { dZ: (_pass, _l, dA) => dA },
  says: ({ l }) => `g'(Z${l}) is missing: dZ${l} = dA${l} ∘ g'(Z${l})`,
};

export const derivativeOfLayerBelow = derivativeAt(
  -1,
  ({ l, input }) =>
    `g' is taken at ${input === "X" ? "X" : input.replace("A", "Z")}, of the layer below: dZ${l} = dA${l} ∘ g'(Z${l})`,
);

export const sigmoidDerivativeOfZ = derivative(
  "sigmoid",
  (z) => z * (1 - z),
  ({ l }) => `σ' is computed from Z${l} as if it were A${l}: a (1 − a), not z (1 − z)`,
);

export const tanhWithoutSquare = derivative(
  "tanh",
  (_z, a) => 1 - a,
  ({ l }) => `tanh'(Z${l}) is 1 − A${l}², not 1 − A${l}`,
);

export const reluOfGradient = derivative(
  "relu",
  (_z, _a, da) => (da > 0 ? 1 : 0),
  ({ l }) => `the ReLU of layer ${l} asks dA${l} > 0 where it should ask Z${l} > 0`,
);

/** Wrong and missing g'. */
export const derivativeBugs: readonly Bug[] = [
  derivativeMissing,
  derivativeOfLayerBelow,
  derivativeAt(1, ({ l, above }) => `g' is taken at Z${above}, of the layer above: dZ${l} = dA${l} ∘ g'(Z${l})`),
  {
    at: "hidden",
    possible: (pass, l) => ["sigmoid", "tanh", "leakyRelu"].includes(nameAt(pass, l)),
    wrong: {
      dZ: (pass, l, dA) => {
        const { activation } = pass.layer(l);
        const once = activation.backward(dA, pass.Z[l], pass.unmasked[l]);
        return activation.backward(once, pass.Z[l], pass.unmasked[l]);
      },
    },
    says: ({ l }) => `dA${l} is multiplied by g'(Z${l}) twice`,
  },
  derivative(
    "sigmoid",
    (_z, a) => a,
    ({ l }) => `σ'(Z${l}) is A${l} ∘ (1 − A${l}), not A${l}`,
  ),
  derivative(
    "sigmoid",
    (_z, a) => 1 - a,
    ({ l }) => `σ'(Z${l}) is A${l} ∘ (1 − A${l}), not 1 − A${l}`,
  ),
  sigmoidDerivativeOfZ,
  derivative(
    "sigmoid",
    (_z, a) => sigmoid.derivative(a, sigmoid.value(a)),
    ({ l }) => `σ' is taken at A${l} instead of Z${l}`,
  ),
  tanhWithoutSquare,
  derivative(
    "tanh",
    (z) => 1 - z * z,
    ({ l }) => `tanh' is computed from Z${l} as if it were A${l}: 1 − a², not 1 − z²`,
  ),
  derivative(
    "tanh",
    (_z, a) => a * (1 - a),
    ({ l }) => `tanh'(Z${l}) is 1 − A${l}²; a (1 − a) belongs to the sigmoid`,
  ),
  derivative(
    "tanh",
    (_z, a) => tanh.derivative(a, tanh.value(a)),
    ({ l }) => `tanh' is taken at A${l} instead of Z${l}`,
  ),
  derivative(
    "tanh",
    (_z, a) => 1 + a * a,
    ({ l }) => `tanh'(Z${l}) is 1 − A${l}², not 1 + A${l}²`,
  ),
  reluOfGradient,
  derivative(
    "relu",
    (_z, a) => a,
    ({ l }) => `dA${l} is multiplied by A${l} = max(0, Z${l}) instead of its derivative, 0 or 1`,
  ),
  derivative(
    "relu",
    (z) => (z > 0 ? 0 : 1),
    ({ l }) => `the ReLU's derivative is the wrong way round: 1 where Z${l} > 0`,
  ),
  derivativeOf("sigmoid", ["relu", "leakyRelu", "tanh", "linear"]),
  derivativeOf("tanh", ["relu", "leakyRelu", "sigmoid", "linear"]),
  derivativeOf("relu", ["sigmoid", "tanh", "linear"]),
  {
    // ReLU is the leaky one with slope 0.
    at: "hidden",
    fitOn: "b",
    possible: (pass, l) => nameAt(pass, l) === "relu" || nameAt(pass, l) === "leakyRelu",
    tuned: (slope) => ({
      dZ: ({ Z }, l, dA) => mapped(dA, (da, k) => da * (Z[l].data[k] > 0 ? 1 : slope)),
    }),
    says: ({ l }, pass, slope, layer) => {
      const right = pass.layer(layer).activation.options.slope ?? 0;
      if (pass.same(slope, 1)) return undefined; // g' is missing
      if (pass.same(1 + slope, 1)) {
        return `g'(Z${l}) is the ReLU's, 0 below zero; the leaky ReLU has slope ${right} there`;
      }
      return right === 0
        ? `g'(Z${l}) has slope ${significant(slope, 4)} below zero, as a leaky ReLU; the ReLU has 0`
        : `g'(Z${l}) has slope ${significant(slope, 4)} below zero; the activation has ${right}`;
    },
  },
];
