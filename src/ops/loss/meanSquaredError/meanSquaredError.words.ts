import type { Words } from "../../words.js";

/** Its words. */
export const meanSquaredError: Words = {
  label: "mean squared error",
  formula: "(1/K) Σₖ (aₖ − yₖ)²",
  use: "For numbers.",
};
