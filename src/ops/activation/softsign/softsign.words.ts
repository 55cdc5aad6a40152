import type { Words } from "../../words.js";

/** Its words. */
export const softsign: Words = {
  label: "softsign",
  formula: "z / (1 + |z|)",
  use: "Like tanh, but it levels off more slowly.",
};
