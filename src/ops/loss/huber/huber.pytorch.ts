import type { LossPytorch } from "../../text/pytorch.js";

export const huber = {
  losses: ({ delta }) =>
    `F.huber_loss(output, Y, reduction="none"${delta === 1 ? "" : `, delta=${delta}`}).mean(dim=1)`,
  predictions: "output",
} as const satisfies LossPytorch;
