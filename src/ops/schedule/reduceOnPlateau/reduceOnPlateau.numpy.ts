import { pythonNumber } from "../../text/python.js";
import { type ScheduleNumpy, warmedUpText } from "../../text/schedule.js";
import { warmupSteps } from "../schedule.js";

export const reduceOnPlateau = {
  seen: '{"best": np.inf, "checks": 0, "cooling": 0, "factor": 1.0}',
  factor: (run) => warmedUpText(run, () => 'seen["factor"]'),
  follow: (run) => {
    const { factor, patience, minDelta, cooldown, end } = run.options;
    const W = warmupSteps(run);
    return [
      ...(W > 0 ? [`if step < ${W}:`, "    return"] : []),
      `if value < seen["best"] - ${pythonNumber(minDelta)}:`,
      '    seen["best"], seen["checks"] = value, 0',
      "else:",
      '    seen["checks"] += 1',
      'if seen["cooling"] > 0:',
      '    seen["cooling"] -= 1',
      '    seen["checks"] = 0',
      `if seen["checks"] > ${patience}:`,
      `    seen["factor"] = max(${pythonNumber(end)}, seen["factor"] * ${pythonNumber(factor)})`,
      `    seen["checks"], seen["cooling"] = 0, ${cooldown}`,
    ];
  },
} as const satisfies ScheduleNumpy;
