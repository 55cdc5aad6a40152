import type { Words } from "../../words.js";

/** Its words. */
export const tanh: Words = {
  label: "tanh",
  formula: "(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)",
  use: "Outputs between −1 and 1 around 0; for hidden layers that are not too many.",
};
