import type { LossPytorch } from "../../text/pytorch.js";

export const meanAbsoluteError = {
  losses: () => 'F.l1_loss(output, Y, reduction="none").mean(dim=1)',
  predictions: "output",
} as const satisfies LossPytorch;
