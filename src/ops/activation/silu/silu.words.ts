import type { Words } from "../../words.js";

/** Its words. */
export const silu: Words = {
  label: "SiLU",
  formula: "z σ(z)",
  use: "A smooth ReLU, also called swish.",
};
