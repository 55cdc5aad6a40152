import { significant } from "../../../numeric/significant.js";
import type { DerivativeBugs } from "../derivativeBug.js";

/** Wrong derivatives of the ReLU. */
export const relu = {
  bugs: [
    {
      id: "relu.gradientAsked",
      wrong: (_z, _a, da) => (da > 0 ? 1 : 0),
      planted: { name: "reluOfGradient", formulas: (l) => [`(Z${l} > 0)`, `(dA${l} > 0)`] },
    },
    { id: "relu.outputForDerivative", wrong: (_z, a) => a },
    { id: "relu.wrongWayRound", wrong: (z) => (z > 0 ? 0 : 1) },
    {
      wrong: (z, _a, _da, _n, slope) => (z > 0 ? 1 : slope),
      covers: ["leakyRelu"],
      // With slope 0 it is right, with slope 1 g' is missing.
      idOf: (is) => (is(0) || is(1) ? undefined : "relu.slopeBelowZero"),
    },
  ],
  words: {
    "relu.gradientAsked": ({ l }) => `the ReLU of layer ${l} asks dA${l} > 0 where it should ask Z${l} > 0`,
    "planted.reluOfGradient": () => "ReLU' asks dA > 0",
    "relu.outputForDerivative": ({ l }) =>
      `dA${l} is multiplied by A${l} = max(0, Z${l}) instead of its derivative, 0 or 1`,
    "relu.wrongWayRound": ({ l }) => `the ReLU's derivative is the wrong way round: 1 where Z${l} > 0`,
    "relu.slopeBelowZero": ({ l, value }) =>
      `g'(Z${l}) has slope ${significant(value, 4)} below zero, as a leaky ReLU; the ReLU has 0`,
  },
} as const satisfies DerivativeBugs;
