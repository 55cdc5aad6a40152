import { significant } from "../../significant.js";
import type { Bug, TunedBug } from "./bug.js";
import type { Pass } from "./pass.js";

/** dW[l] with another number than λ/m before W[l]. */
export const penaltyOf: TunedBug = {
  at: "all",
  fitOn: "W",
  tuned: (factor) => ({ penalty: (_pass, w) => factor * w }),
  says: ({ l }, pass, factor) => `dW${l} ${weightDecay(pass, factor, l)}`,
};

export const penaltyOnBiases: TunedBug = {
  at: "all",
  fitOn: "b",
  tuned: (factor) => ({ biasPenalty: (_pass, b) => factor * b }),
  says: ({ l }, pass, factor) => {
    const text = pass.same(factor, pass.decay) ? "(λ/m)" : significant(factor, 4);
    return `db${l} contains ${text} b${l}: the penalty is on the weights alone, never on the biases`;
  },
};

/** Bugs of the penalty λ/(2m) Σ‖W‖², whose gradient is (λ/m) W. */
export const penaltyBugs: readonly Bug[] = [
  penaltyOf,
  penaltyOnBiases,
  {
    at: "all",
    possible: ({ step }) => step.l2 > 0,
    wrong: { penalty: ({ decay }, w) => decay * Math.sign(w) },
    says: ({ l }) => `dW${l} contains (λ/m) sign(W${l}), the derivative of Σ|W|; that of λ/(2m) Σ‖W‖² is (λ/m) W${l}`,
  },
];

function weightDecay(pass: Pass, factor: number, l: string): string {
  const { decay, m, step } = pass;
  if (step.l2 === 0) return `contains ${significant(factor, 4)} W${l}, as of a penalty, but λ is 0`;
  // What is left of 0 is rounding.
  if (pass.same(decay + factor, decay)) {
    return `differs by (λ/m) W${l} = ${significant(decay, 4)} W${l}: the penalty is missing from the gradient`;
  }
  const known = [
    pass.same(factor, 2 * decay) && `(2λ/m) W${l}: the penalty counts twice; the derivative of λ/(2m) ‖W‖² is (λ/m) W`,
    pass.same(factor, decay / 2) && `(λ/(2m)) W${l}: the derivative of λ/(2m) ‖W‖² is (λ/m) W, without the 2`,
    pass.same(factor, -decay) && `−(λ/m) W${l}: the penalty has the wrong sign`,
    pass.same(factor, step.l2) && `λ W${l}: the penalty is not divided by m = ${step.trainingExamples}`,
    pass.same(factor, decay / step.trainingExamples) && `(λ/m²) W${l}: the penalty is divided by m twice`,
    m !== step.trainingExamples &&
      pass.same(factor, step.l2 / m) &&
      `(λ/${m}) W${l}: m of the penalty is that of the training set, ${step.trainingExamples}, not of the batch`,
  ].filter((text) => text !== false);
  if (known.length > 0) return `contains ${known.join(", or ")}`;
  return `contains ${significant(factor, 4)} W${l} where (λ/m) W${l} = ${significant(decay, 4)} W${l} belongs`;
}
