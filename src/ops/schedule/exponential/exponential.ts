import { exp } from "../../../numeric/exp.js";
import { log } from "../../../numeric/log.js";
import { type ScheduleDefinition, warmedUp, warmup } from "../schedule.js";

/** Each step takes the same share away: `end^(t / T)`, from 1 to `end` at the end of the run. */
export const exponential = {
  options: { end: { constraint: { kind: "number", above: 0, max: 1 }, default: 0.01 }, warmup },
  factor: (at) => warmedUp(at, (t, T) => exp((log(at.options.end) * t) / T)),
} as const satisfies ScheduleDefinition;
