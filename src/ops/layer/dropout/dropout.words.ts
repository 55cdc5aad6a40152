import type { Words } from "../../words.js";

export const dropout: Words = {
  label: "dropout",
  formula: "A ∘ D / keep",
  use: "Leaves out units at random in training, so that none relies on another.",
};
