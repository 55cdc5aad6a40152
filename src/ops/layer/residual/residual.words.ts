import type { Words } from "../../words.js";

export const residual: Words = {
  label: "residual block",
  formula: "x + f(x)",
  use: "Lets networks of many layers learn: each block changes its input instead of making it anew.",
};
