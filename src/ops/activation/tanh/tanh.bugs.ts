import { scalarOf } from "../activation.js";
import type { DerivativeBugs } from "../derivativeBug.js";
import { tanh as definition } from "./tanh.js";

const { value, derivative } = scalarOf(definition, {});

/** Wrong derivatives of the hyperbolic tangent. */
export const tanh = {
  bugs: [
    {
      id: "tanh.withoutSquare",
      wrong: (_z, a) => 1 - a,
      planted: { name: "tanhWithoutSquare", formulas: (l) => [`(1 − A${l}²)`, `(1 − A${l})`] },
    },
    { id: "tanh.ofZ", wrong: (z) => 1 - z * z },
    { id: "tanh.ofSigmoid", wrong: (_z, a) => a * (1 - a) },
    { id: "tanh.atOutput", wrong: (_z, a) => derivative(a, value(a)) },
    { id: "tanh.plusSquare", wrong: (_z, a) => 1 + a * a },
  ],
  words: {
    "tanh.withoutSquare": ({ l }) => `tanh'(Z${l}) is 1 − A${l}², not 1 − A${l}`,
    "planted.tanhWithoutSquare": () => "tanh' without its square",
    "tanh.ofZ": ({ l }) => `tanh' is computed from Z${l} as if it were A${l}: 1 − a², not 1 − z²`,
    "tanh.ofSigmoid": ({ l }) => `tanh'(Z${l}) is 1 − A${l}²; a (1 − a) belongs to the sigmoid`,
    "tanh.atOutput": ({ l }) => `tanh' is taken at A${l} instead of Z${l}`,
    "tanh.plusSquare": ({ l }) => `tanh'(Z${l}) is 1 − A${l}², not 1 + A${l}²`,
  },
} as const satisfies DerivativeBugs;
