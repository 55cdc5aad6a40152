import type { Matrix } from "../../../array/matrix.js";
import { productWithTransposed } from "../../../array/product.js";
import { applyMask } from "../../../ops/structure/dropout/dropout.js";
import type { Backpropagation } from "./backpropagation.js";
import { type Bug, type FixedBug, named, type Says } from "./bug.js";
import { mapped } from "./mapped.js";
import { readsOutput } from "./probes.js";

const drops = (pass: Backpropagation, l: number): boolean => pass.keep(l) < 1;

/** dA[l] with another factor for what is kept, dropped. */
function wrongMask(says: Says, of: (keep: number, kept: boolean) => number): FixedBug {
  const masked = (pass: Backpropagation, l: number, dA: Matrix): Matrix => {
    const D = pass.step.masks[l]?.D;
    return mapped(dA, (a, k) => a * of(pass.keep(l), D === undefined || D.data[k] === 1));
  };
  return { at: "hidden", possible: drops, wrong: { masked }, says };
}

export const maskMissing = wrongMask(named("bug.maskMissing"), () => 1);

export const keepMissing = wrongMask(named("bug.keepMissing"), (_keep, kept) => (kept ? 1 : 0));

/** Bugs of inverted dropout: `dA[l] := dA[l] ∘ D[l] / keep` with the mask of the forward pass. */
export const maskBugs: readonly Bug[] = [
  maskMissing,
  keepMissing,
  wrongMask(named("bug.keepWithoutMask"), (keep) => 1 / keep),
  wrongMask(named("bug.timesKeep"), (keep, kept) => (kept ? keep : 0)),
  wrongMask(named("bug.overDropped"), (keep, kept) => (kept ? 1 / (1 - keep) : 0)),
  wrongMask(named("bug.keepTwice"), (keep, kept) => (kept ? 1 / keep ** 2 : 0)),
  wrongMask(named("bug.oppositeMask"), (keep, kept) => (kept ? 0 : 1 / keep)),
  {
    at: "all",
    possible: (pass, l) => drops(pass, l - 1),
    wrong: {
      dW: ({ unmasked, m }, l, dZ) => mapped(productWithTransposed(dZ, unmasked[l - 1]), (a) => a / m),
    },
    says: named("bug.dWBeforeMask"),
  },
  {
    at: "hidden",
    possible: (pass, l) => drops(pass, l) && readsOutput(pass.layer(l).activation),
    wrong: {
      dZ: (pass, l, dA) =>
        pass.layer(l).activation.backward(dA, pass.Z[l], applyMask(pass.unmasked[l], pass.step.masks[l])),
    },
    says: named("bug.derivativeAfterMask"),
  },
];
