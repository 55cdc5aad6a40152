import { factorText } from "../../explain/factor.js";
import { significant } from "../../significant.js";
import { product, transposedProduct } from "../rowProducts.js";
import type { Bug, FixedBug, TunedBug } from "./bug.js";
import { factorCause } from "./factorCause.js";
import { dWOf, rightFormulas } from "./formulas.js";
import { mapped } from "./mapped.js";
import type { Pass } from "./pass.js";

/** dZ[L] times a number. */
export const outputFactor: TunedBug = {
  at: "output",
  fitOn: "b",
  tuned: (factor) => ({ output: (pass) => mapped(rightFormulas.output(pass), (a) => factor * a) }),
  says: ({ l }, pass, factor, layer) => factorOf(`dZ${l}`, pass, factor, layer),
};

export const transposeMissing: FixedBug = {
  at: "hidden",
  possible: (pass, l) => pass.layer(l + 1).inputs === pass.layer(l + 1).units,
  wrong: { dA: (pass, l, dZ) => product(pass.layer(l + 1).W, dZ) },
  says: ({ l, above }) => `dA${l} is W${above} dZ${above}, without the transpose: dA${l} = W${above}ᵀ dZ${above}`,
};

/** W[l+1] − α dW[l+1] in the place of W[l+1], which is what a backward pass meets that updates as it goes. */
export const updatedTooEarly: TunedBug = {
  at: "hidden",
  fitOn: "b",
  tuned: (rate) => ({
    dA: (pass, l, dZ) => {
      const { W } = pass.layer(l + 1);
      const dW = dWOf(pass, l + 1, dZ);
      const updated = mapped(W, (w, k) => w - rate * (dW.data[k] + rightFormulas.penalty(pass, w)));
      return transposedProduct(updated, dZ);
    },
  }),
  says: ({ l, above }, _pass, rate) =>
    rate > 0
      ? `W${above} is already updated (α = ${significant(rate, 4)}) when dA${l} = W${above}ᵀ dZ${above} is computed: update after the whole backward pass`
      : undefined,
};

/** Bugs in what is handed from layer to layer: dA[l] = W[l+1]ᵀ dZ[l+1]. */
export const chainBugs: readonly Bug[] = [
  outputFactor,
  {
    at: "hidden",
    fitOn: "b",
    tuned: (factor) => ({ dA: (pass, l, dZ) => mapped(rightFormulas.dA(pass, l, dZ), (a) => factor * a) }),
    says: ({ l }, pass, factor, layer) => factorOf(`dA${l}`, pass, factor, layer),
  },
  transposeMissing,
  updatedTooEarly,
];

/** What a factor of everything that flows back from one place is. */
function factorOf(what: string, pass: Pass, factor: number, l: number): string | undefined {
  const keep = l < pass.layers ? pass.keep(l) : 1;
  // Those of dropout are told by the masks.
  if (keep < 1 && [keep, keep ** 2, 1 / keep].some((value) => pass.same(factor, value))) return undefined;
  const cause = factorCause(pass, factor, l);
  return cause && `${what} is ${factorText(factor)} × what it should be: ${cause.text}`;
}
