import type { Words } from "../../words.js";

export const layerNorm: Words = {
  label: "layer norm",
  formula: "γ (x − μ) / √(σ² + ε) + β, over the units",
  use: "Keeps the size of signals, whatever the batch.",
};
