import type { Words } from "../../words.js";

export const batchNorm: Words = {
  label: "batch norm",
  formula: "γ (x − μ) / √(σ² + ε) + β, over the batch",
  use: "Keeps the size of signals, and lets deep networks learn at larger steps.",
};
