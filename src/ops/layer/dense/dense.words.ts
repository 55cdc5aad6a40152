import type { Words } from "../../words.js";

export const dense: Words = {
  label: "dense",
  formula: "A = g(W A + b)",
  use: "Every unit weighs every input.",
  picture: "M10 6L50 6L10 18L50 30L10 30L50 18L10 18L50 6L10 30L50 30L10 6L50 18L10 18",
};
