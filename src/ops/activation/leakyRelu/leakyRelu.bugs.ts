import { significant } from "../../../numeric/significant.js";
import type { DerivativeBugs } from "../derivativeBug.js";

/** Wrong derivatives of the leaky ReLU: with another slope. */
export const leakyRelu = {
  bugs: [
    {
      wrong: (z, _a, _da, _n, slope) => (z > 0 ? 1 : slope),
      covers: ["relu"],
      // With slope 1 g' is missing.
      idOf: (is) => (is(1) ? undefined : is(0) ? "leakyRelu.slopeOfRelu" : "leakyRelu.otherSlope"),
    },
  ],
  words: {
    "leakyRelu.slopeOfRelu": ({ l, slope }) =>
      `g'(Z${l}) is the ReLU's, 0 below zero; the leaky ReLU has slope ${slope} there`,
    "leakyRelu.otherSlope": ({ l, slope, value }) =>
      `g'(Z${l}) has slope ${significant(value, 4)} below zero; the activation has ${slope}`,
  },
} as const satisfies DerivativeBugs;
