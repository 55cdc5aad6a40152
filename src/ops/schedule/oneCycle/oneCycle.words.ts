import type { Words } from "../../words.js";

/** Its words. */
export const oneCycle: Words = {
  label: "one-cycle",
  formula: "start ↗ 1 ↘ end, each half a cosine",
  use: "Up and down once: allows large learning rates and short runs.",
  options: { warmup: "Rise", start: "Start", end: "End" },
};
