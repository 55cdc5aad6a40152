import type { Words } from "../../words.js";

/** Its words. */
export const nesterov: Words = {
  label: "Nesterov momentum",
  formula: "v := β v + (1 − β) dθ, θ := θ − α (β v + (1 − β) dθ)",
  use: "Momentum that looks one step ahead, and so brakes sooner.",
  options: { momentum: "β", weightDecay: "Weight decay" },
  method: () => "gradient descent with Nesterov momentum",
};
