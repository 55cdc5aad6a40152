import type { Words } from "../../words.js";

export const batchNorm: Words = {
  label: "batch norm",
  formula: "γ (x − μ) / √(σ² + ε) + β, over the batch",
  use: "Keeps the size of signals, and lets deep networks learn at larger steps.",
  options: { momentum: "Momentum", epsilon: "ε" },
  picture: "M14 4H46V32H14ZM14 14H46M14 22H46M18 18H42",
};
