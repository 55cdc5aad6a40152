import { pythonNumber } from "../../text/python.js";
import { type ScheduleNumpy, warmedUpText } from "../../text/schedule.js";

export const exponential = {
  factor: (run) => warmedUpText(run, (T) => `${pythonNumber(run.options.end)} ** (t / ${T})`),
} as const satisfies ScheduleNumpy;
