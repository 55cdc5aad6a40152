import type { Words } from "../../words.js";

/** Its words. */
export const categoricalFocal: Words = {
  label: "categorical focal loss",
  formula: "−(1 − p)^γ log p",
  use: "For exclusive classes of which some are rare: what is easy to tell counts less.",
  options: { gamma: "γ" },
};
