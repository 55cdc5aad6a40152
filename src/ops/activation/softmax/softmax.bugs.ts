import type { DerivativeBugs } from "../derivativeBug.js";

/** Wrong derivatives of the softmax, under a loss that is differentiated by the outputs. */
export const softmax = {
  bugs: [{ id: "softmax.diagonalAlone", wrong: (_z, a) => a * (1 - a) }],
  words: {
    "softmax.diagonalAlone": ({ l }) =>
      `dZ${l} uses the diagonal of the softmax's Jacobian alone: dz = a (da − Σ da a), column by column`,
  },
} as const satisfies DerivativeBugs;
