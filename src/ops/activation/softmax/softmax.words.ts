import type { Words } from "../../words.js";

/** Its words. */
export const softmax: Words = {
  label: "softmax",
  formula: "e^zᵢ / Σₖ e^zₖ",
  use: "Probabilities of exclusive classes that add up to 1: for outputs.",
};
