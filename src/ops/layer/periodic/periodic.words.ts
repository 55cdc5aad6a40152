import type { Words } from "../../words.js";

/** Its words. */
export const periodic: Words = {
  label: "periodic embedding",
  formula: "Mᵀ cos(2π f x + phase) + shift, x beside it",
  use: "Lets a network bend sharply along a single number: frequencies are learned.",
};
