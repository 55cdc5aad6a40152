import type { LossTraits } from "../loss.js";

export const huber = {
  options: {},
  task: "regression",
  by: "output",
  meanOfOutputs: true,
} as const satisfies LossTraits;
