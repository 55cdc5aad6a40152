import type { Words } from "../../words.js";

/** Its words. */
export const cosine: Words = {
  label: "cosine",
  formula: "end + (1 − end) (1 + cos(π t / T)) / 2",
  use: "Slow at both ends: a good first choice.",
  options: { end: "End", warmup: "Warm-up" },
};
