import { pythonNumber } from "../../text/python.js";
import { type ScheduleNumpy, warmedUpText } from "../../text/schedule.js";

export const linear = {
  factor: (run) => warmedUpText(run, (T) => `1 - (1 - ${pythonNumber(run.options.end)}) * t / ${T}`),
} as const satisfies ScheduleNumpy;
