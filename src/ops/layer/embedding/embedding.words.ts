import type { Words } from "../../words.js";

/** Its words. */
export const embedding: Words = {
  label: "embedding",
  formula: "E[code]",
  use: "Numbers that are learned stand for each category of a code.",
};
