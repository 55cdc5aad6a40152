import { type ScheduleNumpy, warmedUpText } from "../../text/schedule.js";

export const constant = {
  factor: (run) => warmedUpText(run, () => "1.0"),
} as const satisfies ScheduleNumpy;
