import type { Words } from "../../words.js";

export const scaling: Words = {
  label: "scaling",
  formula: "s x",
  use: "Weighs each feature.",
};
