import type { Words } from "../../words.js";

/** Its words. */
export const softplus: Words = {
  label: "softplus",
  formula: "log(1 + eᶻ)",
  use: "A smooth ReLU whose outputs are above 0.",
};
