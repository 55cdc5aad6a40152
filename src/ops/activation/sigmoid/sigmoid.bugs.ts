import { scalarOf } from "../activation.js";
import type { DerivativeBug } from "../derivativeBug.js";
import { sigmoid as definition } from "./sigmoid.js";

const { value, derivative } = scalarOf(definition, {});

/** Wrong derivatives of the sigmoid. */
export const sigmoid = [
  { wrong: (_z, a) => a, says: ({ l }) => `σ'(Z${l}) is A${l} ∘ (1 − A${l}), not A${l}` },
  { wrong: (_z, a) => 1 - a, says: ({ l }) => `σ'(Z${l}) is A${l} ∘ (1 − A${l}), not 1 − A${l}` },
  {
    wrong: (z) => z * (1 - z),
    says: ({ l }) => `σ' is computed from Z${l} as if it were A${l}: a (1 − a), not z (1 − z)`,
    planted: {
      name: "sigmoidDerivativeOfZ",
      title: "σ' of Z for A",
      needs: "a hidden layer with sigmoid",
      formulas: (l) => [`A${l} ∘ (1 − A${l})`, `Z${l} ∘ (1 − Z${l})`],
    },
  },
  { wrong: (_z, a) => derivative(a, value(a)), says: ({ l }) => `σ' is taken at A${l} instead of Z${l}` },
] as const satisfies readonly DerivativeBug[];
