import type { Words } from "../../words.js";

/** Its words. */
export const piecewiseLinear: Words = {
  label: "piecewise-linear encoding",
  formula: "clip((x − low) / (high − low)) a bin",
  use: "Splits a number into bins, each with a slope of its own.",
};
