import type { Words } from "../../words.js";

/** Its words. */
export const constant: Words = {
  label: "constant",
  formula: "value",
  use: "All units of a layer stay alike for ever: to see what goes wrong.",
  options: { value: "Value" },
};
