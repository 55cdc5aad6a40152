import type { Words } from "../../words.js";

/** Its words. */
export const meanAbsoluteError: Words = {
  label: "mean absolute error",
  formula: "(1/K) Σₖ |aₖ − yₖ|",
  use: "For numbers with outliers: it learns their median.",
};
