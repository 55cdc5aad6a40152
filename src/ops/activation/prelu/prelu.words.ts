import type { Words } from "../../words.js";

/** Its words. */
export const prelu: Words = {
  label: "PReLU",
  formula: "z for z > 0, else slope · z",
  use: "A leaky ReLU that learns the slope of each unit.",
};
