import type { Words } from "../../words.js";

/** Its words. */
export const ema: Words = {
  label: "moving average",
  formula: "θ̄ = Σ βᵗ⁻ⁱ θᵢ / Σ βᵗ⁻ⁱ",
  use: "Follows the weights, without their zigzag.",
  options: { decay: "β" },
};
