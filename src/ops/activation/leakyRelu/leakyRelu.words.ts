import type { Words } from "../../words.js";

/** Its words. */
export const leakyRelu: Words = {
  label: "leaky ReLU",
  formula: "z for z > 0, else slope · z",
  use: "A ReLU whose units cannot die.",
  options: { slope: "Slope below 0" },
};
