import type { Words } from "../../words.js";

/** Its words. */
export const xavier: Words = {
  label: "Xavier",
  formula: "N(0, 1 / n[l−1])",
  use: "For tanh: keeps signals in size through many layers.",
  options: { gain: "Gain" },
};
