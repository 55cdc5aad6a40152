import { pythonNumber } from "../../text/python.js";
import type { SchedulePytorch } from "../../text/schedule.js";

export const linear: SchedulePytorch = ({ options: { end, warmup }, steps }) =>
  warmup > 0
    ? undefined
    : `LinearLR(optimizer, start_factor=1.0, end_factor=${pythonNumber(end)}, total_iters=${steps})`;
