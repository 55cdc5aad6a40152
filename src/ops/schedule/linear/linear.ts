import { end, type ScheduleDefinition, warmedUp, warmup } from "../schedule.js";

/** Along a line: `1 − (1 − end) t / T`, from 1 to `end` at the end of the run. */
export const linear = {
  options: { end, warmup },
  factor: (at) => warmedUp(at, (t, T) => 1 - ((1 - at.options.end) * t) / T),
} as const satisfies ScheduleDefinition;
