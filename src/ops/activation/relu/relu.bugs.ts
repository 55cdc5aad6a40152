import type { DerivativeBug } from "../derivativeBug.js";

/** Wrong derivatives of the ReLU. */
export const relu = [
  {
    wrong: (_z, _a, da) => (da > 0 ? 1 : 0),
    says: ({ l }) => `the ReLU of layer ${l} asks dA${l} > 0 where it should ask Z${l} > 0`,
    planted: {
      name: "reluOfGradient",
      title: "ReLU' asks dA > 0",
      needs: "a hidden layer with ReLU",
      formulas: (l) => [`(Z${l} > 0)`, `(dA${l} > 0)`],
    },
  },
  {
    wrong: (_z, a) => a,
    says: ({ l }) => `dA${l} is multiplied by A${l} = max(0, Z${l}) instead of its derivative, 0 or 1`,
  },
  {
    wrong: (z) => (z > 0 ? 0 : 1),
    says: ({ l }) => `the ReLU's derivative is the wrong way round: 1 where Z${l} > 0`,
  },
  {
    tuned: true,
    wrong: (z, _a, _da, _n, slope) => (z > 0 ? 1 : slope),
    covers: ["leakyRelu"],
    says: ({ l, value, is }) =>
      // With slope 0 it is right, with slope 1 g' is missing.
      is(0) || is(1) ? undefined : `g'(Z${l}) has slope ${value} below zero, as a leaky ReLU; the ReLU has 0`,
  },
] as const satisfies readonly DerivativeBug[];
