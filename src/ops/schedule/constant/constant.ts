import { type ScheduleDefinition, warmedUp, warmup } from "../schedule.js";

/** No schedule: the factor is 1, after the warm-up. */
export const constant = {
  options: { warmup },
  factor: (at) => warmedUp(at, () => 1),
} as const satisfies ScheduleDefinition;
