import type { Words } from "../../words.js";

/** Its words. */
export const selu: Words = {
  label: "SELU",
  formula: "λ z for z > 0, else λ α (eᶻ − 1)",
  use: "Keeps mean 0 and variance 1 through deep networks that start from LeCun.",
};
