import type { Words } from "../../words.js";

export const members: Words = {
  label: "members that share weights",
  formula: "sᵢ ∘ (W (rᵢ ∘ A)) + bᵢ",
  use: "Many networks for little more than the parameters of one: their mean answers.",
};
