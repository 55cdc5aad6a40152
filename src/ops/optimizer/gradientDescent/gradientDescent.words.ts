import type { Words } from "../../words.js";

/** Its words. */
export const gradientDescent: Words = {
  label: "gradient descent",
  formula: "θ := θ − α dθ",
  use: "The plain rule that the others improve on.",
  method: () => "gradient descent",
};
