import type { Words } from "../../words.js";

export const dropout: Words = {
  label: "dropout",
  formula: "A ∘ D / keep",
  use: "Leaves out units at random in training, so that none relies on another.",
  options: { keep: "Keep" },
  picture:
    "M6 18a6 6 0 1 0 12 0a6 6 0 1 0-12 0M24 18a6 6 0 1 0 12 0a6 6 0 1 0-12 0M42 18a6 6 0 1 0 12 0a6 6 0 1 0-12 0M23 11L37 25M37 11L23 25",
};
