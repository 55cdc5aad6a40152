import type { LossTraits } from "../loss.js";

export const meanAbsoluteError = {
  options: {},
  task: "regression",
  by: "output",
  meanOfOutputs: true,
} as const satisfies LossTraits;
