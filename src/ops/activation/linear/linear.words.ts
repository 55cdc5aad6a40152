import type { Words } from "../../words.js";

/** Its words. */
export const linear: Words = {
  label: "linear",
  formula: "z",
  use: "The identity: for outputs that are numbers.",
};
