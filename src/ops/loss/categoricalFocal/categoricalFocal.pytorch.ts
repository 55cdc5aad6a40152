import { pythonNumber } from "../../text/python.js";
import type { LossPytorch } from "../../text/pytorch.js";

export const categoricalFocal = {
  losses: ({ gamma }) =>
    `((1 - Y) * torch.softmax(output, dim=1)).sum(dim=1) ** ${pythonNumber(gamma)}` +
    ' * F.cross_entropy(output, Y.argmax(dim=1), reduction="none")',
  predictions: "torch.softmax(output, dim=1)",
} as const satisfies LossPytorch;
