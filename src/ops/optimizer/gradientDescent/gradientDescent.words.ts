import type { Words } from "../../words.js";

/** Its words. */
export const gradientDescent: Words = {
  label: "gradient descent",
  formula: "θ := θ − α dθ",
  use: "The plain rule that the others improve on.",
  options: { weightDecay: "Weight decay" },
  method: () => "gradient descent",
};
