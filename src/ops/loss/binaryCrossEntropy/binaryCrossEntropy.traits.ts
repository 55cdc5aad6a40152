import type { LossTraits } from "../loss.js";

export const binaryCrossEntropy = {
  options: {
    smoothing: { constraint: { kind: "number", min: 0, below: 1 }, default: 0 },
  },
  task: "binary",
  activation: "sigmoid",
  byDefault: true,
  by: "logits",
  residual: true,
} as const satisfies LossTraits;
