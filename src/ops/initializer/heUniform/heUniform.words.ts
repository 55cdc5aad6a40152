import type { Words } from "../../words.js";

/** Its words. */
export const heUniform: Words = {
  label: "He, uniform",
  formula: "U(−√(6 / n[l−1]), √(6 / n[l−1]))",
  use: "He’s variance from the uniform distribution.",
  options: { gain: "Gain" },
};
