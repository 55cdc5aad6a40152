import type { LossTraits } from "../loss.js";

export const meanSquaredError = {
  options: {},
  task: "regression",
  byDefault: true,
  by: "output",
  meanOfOutputs: true,
} as const satisfies LossTraits;
