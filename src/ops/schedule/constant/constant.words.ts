import type { Words } from "../../words.js";

/** Its words. */
export const constant: Words = {
  label: "constant",
  formula: "1",
  use: "The setting stays as it is, after a warm-up if there is one.",
  options: { warmup: "Warm-up" },
};
