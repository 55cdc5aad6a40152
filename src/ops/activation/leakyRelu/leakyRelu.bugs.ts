import type { DerivativeBug } from "../derivativeBug.js";

/** Wrong derivatives of the leaky ReLU: with another slope. */
export const leakyRelu = [
  {
    tuned: true,
    wrong: (z, _a, _da, _n, slope) => (z > 0 ? 1 : slope),
    covers: ["relu"],
    says({ l, n: { slope }, value, is }) {
      if (is(1)) return undefined; // g' is missing
      return is(0)
        ? `g'(Z${l}) is the ReLU's, 0 below zero; the leaky ReLU has slope ${slope} there`
        : `g'(Z${l}) has slope ${value} below zero; the activation has ${slope}`;
    },
  },
] as const satisfies readonly DerivativeBug[];
