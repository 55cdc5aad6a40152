import { scalarOf } from "../activation.js";
import type { DerivativeBugs } from "../derivativeBug.js";
import { sigmoid as definition } from "./sigmoid.js";

const { value, derivative } = scalarOf(definition, {});

/** Wrong derivatives of the sigmoid. */
export const sigmoid = {
  bugs: [
    { id: "sigmoid.outputAlone", wrong: (_z, a) => a },
    { id: "sigmoid.complementAlone", wrong: (_z, a) => 1 - a },
    {
      id: "sigmoid.ofZ",
      wrong: (z) => z * (1 - z),
      planted: {
        name: "sigmoidDerivativeOfZ",
        formulas: (l) => [`A${l} ∘ (1 − A${l})`, `Z${l} ∘ (1 − Z${l})`],
      },
    },
    { id: "sigmoid.atOutput", wrong: (_z, a) => derivative(a, value(a)) },
  ],
  words: {
    "sigmoid.outputAlone": ({ l }) => `σ'(Z${l}) is A${l} ∘ (1 − A${l}), not A${l}`,
    "sigmoid.complementAlone": ({ l }) => `σ'(Z${l}) is A${l} ∘ (1 − A${l}), not 1 − A${l}`,
    "sigmoid.ofZ": ({ l }) => `σ' is computed from Z${l} as if it were A${l}: a (1 − a), not z (1 − z)`,
    "planted.sigmoidDerivativeOfZ": () => "σ' of Z for A",
    "sigmoid.atOutput": ({ l }) => `σ' is taken at A${l} instead of Z${l}`,
  },
} as const satisfies DerivativeBugs;
