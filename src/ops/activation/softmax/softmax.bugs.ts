import type { DerivativeBug } from "../derivativeBug.js";

/** Wrong derivatives of the softmax, under a loss that is differentiated by the outputs. */
export const softmax = [
  {
    wrong: (_z, a) => a * (1 - a),
    says: ({ l }) => `dZ${l} uses the diagonal of the softmax's Jacobian alone: dz = a (da − Σ da a), column by column`,
  },
] as const satisfies readonly DerivativeBug[];
