import type { LossPytorch } from "../../text/pytorch.js";
import { smoothedTargets } from "../smoothedTargets.js";

export const binaryCrossEntropy = {
  losses: ({ smoothing }) => {
    const targets = smoothing === 0 ? "Y" : smoothedTargets(smoothing, 2);
    return `F.binary_cross_entropy_with_logits(output, ${targets}, reduction="none").sum(dim=1)`;
  },
  predictions: "torch.sigmoid(output)",
} as const satisfies LossPytorch;
