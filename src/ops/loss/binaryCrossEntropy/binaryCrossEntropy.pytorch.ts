import type { LossPytorch } from "../../text/pytorch.js";

export const binaryCrossEntropy = {
  losses: () => 'F.binary_cross_entropy_with_logits(output, Y, reduction="none").sum(dim=1)',
  predictions: "torch.sigmoid(output)",
} as const satisfies LossPytorch;
