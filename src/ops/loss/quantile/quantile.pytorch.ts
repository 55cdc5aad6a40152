import { pythonNumber } from "../../text/python.js";
import type { LossPytorch } from "../../text/pytorch.js";

export const quantile = {
  losses: ({ tau }) =>
    `torch.maximum(${pythonNumber(1 - tau)} * (output - Y), ${pythonNumber(tau)} * (Y - output)).mean(dim=1)`,
  predictions: "output",
} as const satisfies LossPytorch;
