import type { Words } from "../../words.js";

export const concatenation: Words = {
  label: "concatenation",
  formula: "f₁(x₁) above f₂(x₂) above …",
  use: "Gives groups of features layers of their own before they meet.",
};
