import type { LossTraits } from "../loss.js";

export const binaryFocal = {
  options: {
    gamma: { constraint: { kind: "number", min: 0 }, default: 2 },
    alpha: { constraint: { kind: "number", above: 0, below: 1 }, default: 0.25 },
  },
  task: "binary",
  activation: "sigmoid",
  by: "logits",
} as const satisfies LossTraits;
