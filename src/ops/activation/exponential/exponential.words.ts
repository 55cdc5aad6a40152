import type { Words } from "../../words.js";

/** Its words. */
export const exponential: Words = {
  label: "exponential",
  formula: "eᶻ",
  use: "For outputs that are rates: numbers above 0, whose logarithm the network computes.",
};
