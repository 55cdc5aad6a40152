import type { Words } from "../../words.js";

/** Its words. */
export const binaryFocal: Words = {
  label: "binary focal loss",
  formula: "−αₜ (1 − pₜ)^γ log pₜ",
  use: "For two classes of which one is rare: what is easy to tell counts less.",
  options: { gamma: "γ", alpha: "α" },
};
