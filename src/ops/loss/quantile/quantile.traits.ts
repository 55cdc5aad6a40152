import type { LossTraits } from "../loss.js";

export const quantile = {
  options: {
    tau: { constraint: { kind: "number", above: 0, below: 1 }, default: 0.5 },
  },
  task: "regression",
  by: "output",
  meanOfOutputs: true,
} as const satisfies LossTraits;
