import type { Words } from "../../words.js";

export const residual: Words = {
  label: "residual block",
  formula: "x + f(x)",
  use: "Lets networks of many layers learn: each block changes its input instead of making it anew.",
  picture: "M4 24H20M40 24H56M20 17H40V31H20ZM12 24V6H48V24",
};
