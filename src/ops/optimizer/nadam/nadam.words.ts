import type { Words } from "../../words.js";

/** Its words. */
export const nadam: Words = {
  label: "NAdam",
  formula: "θ := θ − α (μ′ v̂ + (1 − μ) ĝ) / (√ŝ + ε)",
  use: "Adam with Nesterov's momentum, which warms up.",
  options: { beta1: "β₁", beta2: "β₂", epsilon: "ε", momentumDecay: "ψ", weightDecay: "Weight decay" },
};
