import type { Words } from "../../words.js";

/** Its words. */
export const lion: Words = {
  label: "Lion",
  formula: "θ := θ − α sign(β₁ v + (1 − β₁) dθ), v := β₂ v + (1 − β₂) dθ",
  use: "Steps of one size: remembers half as much as Adam.",
  options: { beta1: "β₁", beta2: "β₂", weightDecay: "Weight decay" },
};
