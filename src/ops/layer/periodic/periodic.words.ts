import type { Words } from "../../words.js";

/** Its words. */
export const periodic: Words = {
  label: "periodic embedding",
  formula: "Mᵀ cos(2π f x + phase) + shift, x beside it",
  use: "Lets a network bend sharply along a single number: frequencies are learned.",
  options: { frequencies: "Frequencies", dimension: "Dimension", scale: "Scale" },
  picture: "M4 7C9 7 10 29 15 29S21 7 26 7S31 29 36 29S42 7 47 7S52 22 56 27",
};
