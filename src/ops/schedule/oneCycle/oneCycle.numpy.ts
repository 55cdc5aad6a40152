import { pythonNumber } from "../../text/python.js";
import type { ScheduleNumpy } from "../../text/schedule.js";
import { topOf } from "./oneCycle.js";

export const oneCycle = {
  factor: ({ options: { warmup, start, end }, steps }) => {
    const top = topOf(warmup, steps);
    const last = steps - 1;
    const share = last > top ? `(step - ${pythonNumber(top)}) / ${pythonNumber(last - top)}` : "0";
    return [
      `if step < ${pythonNumber(top)}:`,
      `    return 1 + (${pythonNumber(start)} - 1) / 2 * (1 + np.cos(np.pi * step / ${pythonNumber(top)}))`,
      `return ${pythonNumber(end)} + (1 - ${pythonNumber(end)}) / 2 * (1 + np.cos(np.pi * ${share}))`,
    ];
  },
} as const satisfies ScheduleNumpy;
