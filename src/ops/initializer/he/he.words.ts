import type { Words } from "../../words.js";

/** Its words. */
export const he: Words = {
  label: "He",
  formula: "N(0, 2 / n[l−1])",
  use: "For ReLU: keeps signals in size through many layers.",
  options: { gain: "Gain" },
};
