import type { Message } from "../../../constraint/message.js";
import { say } from "../say.js";
import type { Backpropagation } from "./backpropagation.js";
import { type Bug, named, type TunedBug } from "./bug.js";
import type { Names } from "./names.js";

/** What L1 adds, beside an L2 that is wrong. */
const absolute = (pass: Backpropagation, w: number, l: number): number => pass.penalty(l).l1 * Math.sign(w);

/** dW[l] with another number than λ/m before W[l]. */
export const penaltyOf: TunedBug = {
  at: "all",
  fitOn: "W",
  tuned: (factor) => ({ penalty: (pass, w, l) => factor * w + absolute(pass, w, l) }),
  says: weightDecay,
};

export const penaltyOnBiases: TunedBug = {
  at: "all",
  fitOn: "b",
  tuned: (factor) => ({ biasPenalty: (_pass, b) => factor * b }),
  says: (names, pass, factor, l) =>
    pass.same(factor, pass.penalty(l).l2)
      ? say("bug.penaltyOnBiases", { ...names })
      : say("bug.penaltyFactorOnBiases", { ...names, factor }),
};

/** dW[l] with another number than λ₁/m before the sign of W[l]. */
const absoluteOf: TunedBug = {
  at: "all",
  fitOn: "W",
  possible: (pass, l) => pass.penalty(l).l1 > 0,
  tuned: (factor) => ({ penalty: (pass, w, l) => pass.penalty(l).l2 * w + factor * Math.sign(w) }),
  says: (names, pass, factor, l) => {
    const { l1 } = pass.penalty(l);
    return pass.same(l1 + factor, l1)
      ? say("bug.absoluteMissing", { ...names, decay: l1 })
      : say("bug.absoluteFactor", { ...names, factor, decay: l1 });
  },
};

/** Bugs of the penalties (λ₁/m) Σ|W| and λ₂/(2m) Σ‖W‖², whose gradients are (λ₁/m) sign(W) and (λ₂/m) W. */
export const penaltyBugs: readonly Bug[] = [
  penaltyOf,
  absoluteOf,
  penaltyOnBiases,
  {
    at: "all",
    possible: (pass, l) => pass.penalty(l).l2 > 0,
    wrong: { penalty: (pass, w, l) => pass.penalty(l).l2 * Math.sign(w) + absolute(pass, w, l) },
    says: named("bug.penaltyOfAbsolute"),
  },
];

function weightDecay(layer: Names, pass: Backpropagation, factor: number, l: number): Message {
  const { m: batch, step } = pass;
  const { l2: decay } = pass.penalty(l);
  const m = step.trainingExamples;
  const names = { ...layer };
  const lambda = decay * m;
  if (decay === 0) return say("bug.penaltyWithoutNeed", { ...names, factor });
  // What is left of 0 is rounding.
  if (pass.same(decay + factor, decay)) return say("bug.penaltyMissing", { ...names, decay });
  const forms = [
    pass.same(factor, 2 * decay) && say("bug.penaltyTwice", names),
    pass.same(factor, decay / 2) && say("bug.penaltyHalf", names),
    pass.same(factor, -decay) && say("bug.penaltySign", names),
    pass.same(factor, lambda) && say("bug.penaltyWithoutMean", { ...names, m }),
    pass.same(factor, decay / m) && say("bug.penaltyMeanTwice", names),
    batch !== m && pass.same(factor, lambda / batch) && say("bug.penaltyOfBatch", { ...names, batch, m }),
  ].filter((form) => form !== false);
  return forms.length > 0
    ? say("bug.penaltyForm", names, { forms })
    : say("bug.penaltyFactor", { ...names, factor, decay });
}
