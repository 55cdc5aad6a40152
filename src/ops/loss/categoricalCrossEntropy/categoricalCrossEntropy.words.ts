import type { Words } from "../../words.js";

/** Its words. */
export const categoricalCrossEntropy: Words = {
  label: "categorical cross-entropy",
  formula: "−Σₖ yₖ log aₖ",
  use: "For exclusive classes.",
  options: { smoothing: "smoothing" },
};
