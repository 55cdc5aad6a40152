import type { Words } from "../../words.js";

export const activation: Words = {
  label: "activation",
  formula: "A = g(Z)",
  use: "Follows a norm, or the sum of a residual block.",
  picture: "M4 28H22C30 28 30 8 38 8H56",
};
