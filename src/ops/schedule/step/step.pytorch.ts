import { pythonNumber } from "../../text/python.js";
import type { SchedulePytorch } from "../../text/schedule.js";
import { stairSteps } from "./step.js";

export const step: SchedulePytorch = ({ options: { every, factor, warmup }, steps }) =>
  warmup > 0 ? undefined : `StepLR(optimizer, step_size=${stairSteps(every, steps)}, gamma=${pythonNumber(factor)})`;
