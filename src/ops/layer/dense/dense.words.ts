import type { Words } from "../../words.js";

export const dense: Words = {
  label: "dense",
  formula: "A = g(W A + b)",
  use: "Every unit weighs every input.",
};
