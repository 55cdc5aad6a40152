import type { Words } from "../../words.js";

/** Its words. */
export const embedding: Words = {
  label: "embedding",
  formula: "E[code]",
  use: "Numbers that are learned stand for each category of a code.",
  picture: "M8 5H34V31H8ZM8 14H34M8 22H34M34 18H54M49 13L54 18L49 23",
};
