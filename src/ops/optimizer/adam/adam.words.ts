import type { OptimizerWords } from "../../text/words.js";

export const adam = {
  method: ({ weightDecay }) => (weightDecay > 0 ? "AdamW" : "Adam"),
} as const satisfies OptimizerWords;
