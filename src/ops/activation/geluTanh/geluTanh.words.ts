import type { Words } from "../../words.js";

/** Its words. */
export const geluTanh: Words = {
  label: "GELU, tanh form",
  formula: "½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))",
  use: "GELU as older models compute it.",
};
