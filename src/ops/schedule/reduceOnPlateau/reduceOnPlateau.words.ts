import type { Words } from "../../words.js";

/** Its words. */
export const reduceOnPlateau: Words = {
  label: "reduce on plateau",
  formula: "factor after patience checks without improvement",
  use: "Waits until the run no longer gets better, then takes smaller steps.",
  options: {
    factor: "Factor",
    patience: "Patience",
    minDelta: "Improvement",
    cooldown: "Cooldown",
    end: "End",
    warmup: "Warm-up",
  },
};
