import type { Words } from "../../words.js";

/** Its words. */
export const lecun: Words = {
  label: "LeCun",
  formula: "N(0, 1 / n[l−1])",
  use: "The numbers of Xavier under their older name; SELU starts from it.",
  options: { gain: "Gain" },
};
