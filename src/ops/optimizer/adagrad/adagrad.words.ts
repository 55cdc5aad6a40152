import type { Words } from "../../words.js";

/** Its words. */
export const adagrad: Words = {
  label: "Adagrad",
  formula: "s := s + dθ², θ := θ − α dθ / (√s + ε)",
  use: "Steps that shrink with the gradients seen: for rare features.",
  options: { epsilon: "ε", weightDecay: "Weight decay" },
};
