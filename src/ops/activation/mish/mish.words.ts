import type { Words } from "../../words.js";

/** Its words. */
export const mish: Words = {
  label: "Mish",
  formula: "z tanh(log(1 + eᶻ))",
  use: "A smooth ReLU, close to SiLU.",
};
