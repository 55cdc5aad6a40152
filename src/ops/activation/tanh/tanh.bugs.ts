import { scalarOf } from "../activation.js";
import type { DerivativeBug } from "../derivativeBug.js";
import { tanh as definition } from "./tanh.js";

const { value, derivative } = scalarOf(definition, {});

/** Wrong derivatives of the hyperbolic tangent. */
export const tanh = [
  {
    wrong: (_z, a) => 1 - a,
    says: ({ l }) => `tanh'(Z${l}) is 1 − A${l}², not 1 − A${l}`,
    planted: {
      name: "tanhWithoutSquare",
      title: "tanh' without its square",
      needs: "a hidden layer with tanh",
      formulas: (l) => [`(1 − A${l}²)`, `(1 − A${l})`],
    },
  },
  { wrong: (z) => 1 - z * z, says: ({ l }) => `tanh' is computed from Z${l} as if it were A${l}: 1 − a², not 1 − z²` },
  { wrong: (_z, a) => a * (1 - a), says: ({ l }) => `tanh'(Z${l}) is 1 − A${l}²; a (1 − a) belongs to the sigmoid` },
  { wrong: (_z, a) => derivative(a, value(a)), says: ({ l }) => `tanh' is taken at A${l} instead of Z${l}` },
  { wrong: (_z, a) => 1 + a * a, says: ({ l }) => `tanh'(Z${l}) is 1 − A${l}², not 1 + A${l}²` },
] as const satisfies readonly DerivativeBug[];
