import type { Words } from "../../words.js";

/** Its words. */
export const binaryCrossEntropy: Words = {
  label: "binary cross-entropy",
  formula: "−[y log a + (1 − y) log(1 − a)]",
  use: "For two classes, or several labels that do not exclude each other.",
  options: { smoothing: "smoothing" },
};
