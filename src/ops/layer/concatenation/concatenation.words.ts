import type { Words } from "../../words.js";

export const concatenation: Words = {
  label: "concatenation",
  formula: "f₁(x₁) above f₂(x₂) above …",
  use: "Gives groups of features layers of their own before they meet.",
  picture: "M4 18H12M22 8H12V28H22M22 3H38V13H22ZM22 23H38V33H22ZM38 8H48V28H38M48 18H56",
};
