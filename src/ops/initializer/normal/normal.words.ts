import type { Words } from "../../words.js";

/** Its words. */
export const normal: Words = {
  label: "normal, σ",
  formula: "N(0, σ²)",
  use: "One spread for layers of every size.",
  options: { scale: "σ" },
};
