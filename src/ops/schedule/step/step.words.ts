import type { Words } from "../../words.js";

/** Its words. */
export const step: Words = {
  label: "step",
  formula: "factor^⌊t / s⌋",
  use: "Large steps first, then smaller and smaller ones, all at once.",
  options: { every: "Every", factor: "Factor", warmup: "Warm-up" },
};
