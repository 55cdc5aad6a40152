import type { Words } from "../../words.js";

/** Its words. */
export const glorot: Words = {
  label: "Glorot",
  formula: "N(0, 2 / (n[l−1] + n[l]))",
  use: "For tanh: a compromise between signals and gradients.",
  options: { gain: "Gain" },
};
