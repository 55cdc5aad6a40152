import type { Words } from "../../words.js";

/** Its words. */
export const glorotUniform: Words = {
  label: "Glorot, uniform",
  formula: "U(−√(6 / (n[l−1] + n[l])), √(6 / (n[l−1] + n[l])))",
  use: "Glorot’s variance from the uniform distribution.",
  options: { gain: "Gain" },
};
