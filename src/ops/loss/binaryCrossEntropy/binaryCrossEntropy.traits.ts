import type { LossTraits } from "../loss.js";

export const binaryCrossEntropy = {
  options: {},
  task: "binary",
  activation: "sigmoid",
  byDefault: true,
  by: "logits",
} as const satisfies LossTraits;
