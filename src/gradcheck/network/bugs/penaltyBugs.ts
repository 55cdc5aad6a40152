import type { Message } from "../../../constraint/message.js";
import { say } from "../say.js";
import type { Backpropagation } from "./backpropagation.js";
import { type Bug, named, type TunedBug } from "./bug.js";
import type { Names } from "./names.js";

/** dW[l] with another number than λ/m before W[l]. */
export const penaltyOf: TunedBug = {
  at: "all",
  fitOn: "W",
  tuned: (factor) => ({ penalty: (_pass, w) => factor * w }),
  says: weightDecay,
};

export const penaltyOnBiases: TunedBug = {
  at: "all",
  fitOn: "b",
  tuned: (factor) => ({ biasPenalty: (_pass, b) => factor * b }),
  says: (names, pass, factor) =>
    pass.same(factor, pass.decay)
      ? say("bug.penaltyOnBiases", { ...names })
      : say("bug.penaltyFactorOnBiases", { ...names, factor }),
};

/** Bugs of the penalty λ/(2m) Σ‖W‖², whose gradient is (λ/m) W. */
export const penaltyBugs: readonly Bug[] = [
  penaltyOf,
  penaltyOnBiases,
  {
    at: "all",
    possible: ({ step }) => step.l2 > 0,
    wrong: { penalty: ({ decay }, w) => decay * Math.sign(w) },
    says: named("bug.penaltyOfAbsolute"),
  },
];

function weightDecay(layer: Names, pass: Backpropagation, factor: number): Message {
  const { decay, m: batch, step } = pass;
  const m = step.trainingExamples;
  const names = { ...layer };
  if (step.l2 === 0) return say("bug.penaltyWithoutNeed", { ...names, factor });
  // What is left of 0 is rounding.
  if (pass.same(decay + factor, decay)) return say("bug.penaltyMissing", { ...names, decay });
  const forms = [
    pass.same(factor, 2 * decay) && say("bug.penaltyTwice", names),
    pass.same(factor, decay / 2) && say("bug.penaltyHalf", names),
    pass.same(factor, -decay) && say("bug.penaltySign", names),
    pass.same(factor, step.l2) && say("bug.penaltyWithoutMean", { ...names, m }),
    pass.same(factor, decay / m) && say("bug.penaltyMeanTwice", names),
    batch !== m && pass.same(factor, step.l2 / batch) && say("bug.penaltyOfBatch", { ...names, batch, m }),
  ].filter((form) => form !== false);
  return forms.length > 0
    ? say("bug.penaltyForm", names, { forms })
    : say("bug.penaltyFactor", { ...names, factor, decay });
}
