import type { Words } from "../../words.js";

/** Its words. */
export const quantile: Words = {
  label: "quantile loss",
  formula: "(1/K) Σₖ max((1 − τ) (aₖ − yₖ), τ (yₖ − aₖ))",
  use: "For a number that the target stays below with probability τ.",
  options: { tau: "τ" },
};
