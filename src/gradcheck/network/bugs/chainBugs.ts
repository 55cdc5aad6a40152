import type { Message } from "../../../constraint/message.js";
import { product, transposedProduct } from "../rowProducts.js";
import { say } from "../say.js";
import type { Backpropagation } from "./backpropagation.js";
import { type Bug, type FixedBug, named, type TunedBug } from "./bug.js";
import { causesOf } from "./factorCauses.js";
import { dWOf, rightFormulas } from "./formulas.js";
import { mapped } from "./mapped.js";

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
  says: named("bug.transposeMissing"),
};

/** W[l+1] − α dW[l+1] in the place of W[l+1], which is what a backward pass meets that updates as it goes. */
export const updatedTooEarly: TunedBug = {
  at: "hidden",
  fitOn: "b",
  tuned: (rate) => ({
    dA: (pass, l, dZ) => {
      const { W } = pass.layer(l + 1);
      const dW = dWOf(pass, l + 1, dZ);
      const updated = mapped(W, (w, k) => w - rate * (dW.data[k] + rightFormulas.penalty(pass, w, l + 1)));
      return transposedProduct(updated, dZ);
    },
  }),
  says: (names, _pass, rate) => (rate > 0 ? say("bug.updatedTooEarly", { ...names, rate }) : undefined),
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
function factorOf(gradient: string, pass: Backpropagation, factor: number, l: number): Message | undefined {
  const keep = l < pass.layers ? pass.keep(l) : 1;
  // Those of dropout are told by the masks.
  if (keep < 1 && [keep, keep ** 2, 1 / keep].some((value) => pass.same(factor, value))) return undefined;
  const causes = causesOf(pass, factor, l)?.messages;
  return causes && say("bug.factor", { gradient, factor }, { causes });
}
