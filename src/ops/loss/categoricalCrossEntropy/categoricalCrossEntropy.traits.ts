import type { LossTraits } from "../loss.js";

export const categoricalCrossEntropy = {
  options: {
    smoothing: { constraint: { kind: "number", min: 0, below: 1 }, default: 0 },
  },
  task: "multiclass",
  activation: "softmax",
  byDefault: true,
  by: "logits",
  residual: true,
} as const satisfies LossTraits;
