import { pythonNumber } from "../../text/python.js";
import { type ScheduleNumpy, warmedUpText } from "../../text/schedule.js";
import { stairSteps } from "./step.js";

export const step = {
  factor: (run) => {
    const { every, factor } = run.options;
    return warmedUpText(run, (T) => `${pythonNumber(factor)} ** (t // ${stairSteps(every, T)})`);
  },
} as const satisfies ScheduleNumpy;
