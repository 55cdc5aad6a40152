import type { Words } from "../../words.js";

/** Its words. */
export const momentum: Words = {
  label: "momentum",
  formula: "v := β v + (1 − β) dθ, θ := θ − α v",
  use: "Averages the gradients, so that steps do not zigzag.",
  options: { momentum: "β", weightDecay: "Weight decay" },
  method: () => "gradient descent with momentum",
};
