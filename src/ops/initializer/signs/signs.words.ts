import type { Words } from "../../words.js";

/** Its words. */
export const signs: Words = {
  label: "signs",
  formula: "±1",
  use: "Tells members that share weights apart; too large for the weights themselves.",
};
