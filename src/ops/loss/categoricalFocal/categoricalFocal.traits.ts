import type { LossTraits } from "../loss.js";

export const categoricalFocal = {
  options: {
    gamma: { constraint: { kind: "number", min: 0 }, default: 2 },
  },
  task: "multiclass",
  activation: "softmax",
  by: "logits",
} as const satisfies LossTraits;
