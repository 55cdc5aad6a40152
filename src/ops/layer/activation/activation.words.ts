import type { Words } from "../../words.js";

export const activation: Words = {
  label: "activation",
  formula: "A = g(Z)",
  use: "Follows a norm, or the sum of a residual block.",
};
