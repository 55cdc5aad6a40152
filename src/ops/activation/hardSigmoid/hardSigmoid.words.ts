import type { Words } from "../../words.js";

/** Its words. */
export const hardSigmoid: Words = {
  label: "hard sigmoid",
  formula: "min(max(0, z + 3), 6) / 6",
  use: "A sigmoid of straight lines, cheap on small devices.",
  instead: "sigmoid",
};
