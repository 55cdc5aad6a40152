import type { LossTraits } from "../loss.js";

export const huber = {
  options: {
    delta: { constraint: { kind: "number", above: 0 }, default: 1 },
  },
  task: "regression",
  by: "output",
  meanOfOutputs: true,
} as const satisfies LossTraits;
