import { above, type ScheduleNumpy, warmedUpText } from "../../text/schedule.js";

export const cosine = {
  factor: (run) => warmedUpText(run, (T) => above(run.options.end, `(1 + np.cos(np.pi * t / ${T})) / 2`)),
} as const satisfies ScheduleNumpy;
