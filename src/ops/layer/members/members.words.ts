import type { Words } from "../../words.js";

export const members: Words = {
  label: "members that share weights",
  formula: "sᵢ ∘ (W (rᵢ ∘ A)) + bᵢ",
  use: "Many networks for little more than the parameters of one: their mean answers.",
  options: { members: "Members" },
  picture: "M4 18H12M20 8L12 18L20 28M20 3H36V13H20ZM20 23H36V33H20ZM28 13V23M36 8L44 18L36 28M44 18H56",
};
