import type { Words } from "../../words.js";

/** Its words. */
export const hardTanh: Words = {
  label: "hard tanh",
  formula: "min(max(−1, z), 1)",
  use: "A tanh of straight lines, cheap on small devices.",
  instead: "tanh",
};
