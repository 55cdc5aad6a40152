import type { LossPytorch } from "../../text/pytorch.js";

export const categoricalCrossEntropy = {
  losses: () => 'F.cross_entropy(output, Y.argmax(dim=1), reduction="none")',
  predictions: "torch.softmax(output, dim=1)",
} as const satisfies LossPytorch;
