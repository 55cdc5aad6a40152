import type { Words } from "../../words.js";

/** Its words. */
export const lecunUniform: Words = {
  label: "LeCun, uniform",
  formula: "U(−√(3 / n[l−1]), √(3 / n[l−1]))",
  use: "LeCun’s variance from the uniform distribution.",
  options: { gain: "Gain" },
};
