import { pythonNumber } from "../../text/python.js";
import type { SchedulePytorch } from "../../text/schedule.js";

export const reduceOnPlateau: SchedulePytorch = ({ options, rate, higher }) => {
  const { factor, patience, minDelta, cooldown, end, warmup } = options;
  if (warmup > 0) return undefined;
  return (
    `ReduceLROnPlateau(optimizer, mode="${higher ? "max" : "min"}", factor=${pythonNumber(factor)}, patience=${patience}, ` +
    `threshold=${pythonNumber(minDelta)}, threshold_mode="abs", cooldown=${cooldown}, min_lr=${pythonNumber(end)} * ${rate}, eps=0)`
  );
};
