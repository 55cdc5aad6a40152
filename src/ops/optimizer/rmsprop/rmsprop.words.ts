import type { Words } from "../../words.js";

/** Its words. */
export const rmsprop: Words = {
  label: "RMSprop",
  formula: "s := β s + (1 − β) dθ², θ := θ − α dθ / (√s + ε)",
  use: "Gives each parameter a step size of its own.",
  options: { decay: "β", epsilon: "ε", weightDecay: "Weight decay" },
  method: () => "RMSprop",
};
