import type { Words } from "../../words.js";

/** Its words. */
export const swa: Words = {
  label: "stochastic weight averaging",
  formula: "θ̄ = (1/n) Σ θᵢ",
  use: "The mean of the weights at the ends of the last epochs.",
  options: { from: "From" },
};
