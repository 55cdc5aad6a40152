import type { LossPytorch } from "../../text/pytorch.js";

export const huber = {
  losses: 'F.huber_loss(output, Y, reduction="none").mean(dim=1)',
  predictions: "output",
} as const satisfies LossPytorch;
