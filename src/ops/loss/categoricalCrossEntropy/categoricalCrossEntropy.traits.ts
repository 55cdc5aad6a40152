import type { LossTraits } from "../loss.js";

export const categoricalCrossEntropy = {
  options: {},
  task: "multiclass",
  activation: "softmax",
  byDefault: true,
  by: "logits",
} as const satisfies LossTraits;
