import type { LossTraits } from "../loss.js";

export const poisson = {
  options: {},
  task: "regression",
  activation: "exponential",
  by: "logits",
  residual: true,
  meanOfOutputs: true,
  targets: "counts",
} as const satisfies LossTraits;
