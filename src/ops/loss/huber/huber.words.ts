import type { Words } from "../../words.js";

/** Its words. */
export const huber: Words = {
  label: "Huber loss",
  formula: "(1/K) Σₖ h(aₖ − yₖ), h(e) = ½ e² for |e| ≤ δ, δ (|e| − ½ δ) beyond",
  use: "For numbers with outliers: a large error counts by its size, not its square.",
  options: { delta: "δ" },
};
