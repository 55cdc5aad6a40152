import type { Words } from "../../words.js";

/** Its words. */
export const gelu: Words = {
  label: "GELU",
  formula: "z Φ(z)",
  use: "A smooth ReLU, usual in transformers.",
};
