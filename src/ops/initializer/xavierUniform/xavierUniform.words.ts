import type { Words } from "../../words.js";

/** Its words. */
export const xavierUniform: Words = {
  label: "Xavier, uniform",
  formula: "U(−√(3 / n[l−1]), √(3 / n[l−1]))",
  use: "Xavier’s variance from the uniform distribution.",
  options: { gain: "Gain" },
};
