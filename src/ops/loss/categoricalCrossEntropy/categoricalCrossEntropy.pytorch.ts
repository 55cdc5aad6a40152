import { pythonNumber } from "../../text/python.js";
import type { LossPytorch } from "../../text/pytorch.js";

export const categoricalCrossEntropy = {
  losses: ({ smoothing }) => {
    const smoothed = smoothing === 0 ? "" : `, label_smoothing=${pythonNumber(smoothing)}`;
    return `F.cross_entropy(output, Y.argmax(dim=1)${smoothed}, reduction="none")`;
  },
  predictions: "torch.softmax(output, dim=1)",
} as const satisfies LossPytorch;
