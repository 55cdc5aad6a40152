import { pythonNumber } from "../../text/python.js";
import type { LossPytorch } from "../../text/pytorch.js";

export const binaryFocal = {
  losses: ({ gamma, alpha }) =>
    `((${pythonNumber(alpha)} * Y + ${pythonNumber(1 - alpha)} * (1 - Y)) * torch.sigmoid((1 - 2 * Y) * output) ** ${pythonNumber(gamma)}` +
    ' * F.binary_cross_entropy_with_logits(output, Y, reduction="none")).sum(dim=1)',
  predictions: "torch.sigmoid(output)",
} as const satisfies LossPytorch;
