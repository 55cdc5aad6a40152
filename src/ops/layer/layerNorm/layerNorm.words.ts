import type { Words } from "../../words.js";

export const layerNorm: Words = {
  label: "layer norm",
  formula: "γ (x − μ) / √(σ² + ε) + β, over the units",
  use: "Keeps the size of signals, whatever the batch.",
  options: { epsilon: "ε" },
  picture: "M14 4H46V32H14ZM26 4V32M34 4V32M30 8V28",
};
