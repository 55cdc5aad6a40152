import type { Words } from "../../words.js";

/** Its words. */
export const zeros: Words = {
  label: "zeros",
  formula: "0",
  use: "All units of a layer stay alike for ever: to see what goes wrong.",
};
