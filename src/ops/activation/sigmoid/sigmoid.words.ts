import type { Words } from "../../words.js";

/** Its words. */
export const sigmoid: Words = {
  label: "sigmoid",
  formula: "1 / (1 + e⁻ᶻ)",
  use: "A probability: for outputs of two classes.",
};
