import type { Words } from "../../words.js";

/** Its words. */
export const exponential: Words = {
  label: "exponential",
  formula: "end^(t / T)",
  use: "Each step takes the same share away.",
  options: { end: "End", warmup: "Warm-up" },
};
