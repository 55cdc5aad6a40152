import type { Words } from "../../words.js";

/** Its words. */
export const linear: Words = {
  label: "linear",
  formula: "1 − (1 − end) t / T",
  use: "Down a straight line: simple, and hard to beat.",
  options: { end: "End", warmup: "Warm-up" },
};
