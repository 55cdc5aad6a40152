import type { LossPytorch } from "../../text/pytorch.js";

export const meanSquaredError = {
  losses: () => "((output - Y) ** 2).mean(dim=1)",
  predictions: "output",
} as const satisfies LossPytorch;
