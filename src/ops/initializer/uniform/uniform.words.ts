import type { Words } from "../../words.js";

/** Its words. */
export const uniform: Words = {
  label: "uniform, limit",
  formula: "U(−limit, limit)",
  use: "One spread for layers of every size.",
  options: { limit: "Limit" },
};
