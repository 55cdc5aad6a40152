import type { Words } from "../../words.js";

/** Its words. */
export const elu: Words = {
  label: "ELU",
  formula: "z for z > 0, else α (eᶻ − 1)",
  use: "A ReLU that levels off at −α instead of dying: its outputs are nearer to mean 0.",
  options: { alpha: "α" },
};
