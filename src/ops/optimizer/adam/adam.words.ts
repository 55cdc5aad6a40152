import type { Words } from "../../words.js";

/** Its words. */
export const adam: Words = {
  label: "Adam",
  formula: "θ := θ − α v̂ / (√ŝ + ε)",
  use: "Momentum and RMSprop together: a good first choice.",
  options: { beta1: "β₁", beta2: "β₂", epsilon: "ε", weightDecay: "Weight decay" },
  method: ({ weightDecay }) => (weightDecay > 0 ? "AdamW" : "Adam"),
};
