import { pythonNumber } from "../../text/python.js";
import type { SchedulePytorch } from "../../text/schedule.js";

export const exponential: SchedulePytorch = ({ options: { end, warmup }, steps }) =>
  warmup > 0 ? undefined : `ExponentialLR(optimizer, gamma=${pythonNumber(end)} ** (1 / ${steps}))`;
