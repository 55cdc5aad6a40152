import type { Words } from "../../words.js";

/** Its words. */
export const piecewiseLinear: Words = {
  label: "piecewise-linear encoding",
  formula: "clip((x − low) / (high − low)) a bin",
  use: "Splits a number into bins, each with a slope of its own.",
  picture: "M4 30L18 27L30 10L44 8L56 4M18 31V35M30 31V35M44 31V35",
};
