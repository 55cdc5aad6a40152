import { pythonNumber } from "../../text/python.js";
import type { SchedulePytorch } from "../../text/schedule.js";
import { topOf } from "./oneCycle.js";

export const oneCycle: SchedulePytorch = ({ options: { warmup, start, end }, steps, rate }) => {
  // PyTorch divides by the steps of the rise, and of the fall.
  if (!(topOf(warmup, steps) > 0 && steps - 1 > topOf(warmup, steps) && end > 0)) return undefined;
  const [up, down] = [`1 / ${pythonNumber(start)}`, `${pythonNumber(start)} / ${pythonNumber(end)}`];
  return (
    `OneCycleLR(optimizer, ${rate}, total_steps=${steps}, pct_start=${pythonNumber(warmup)}, ` +
    `div_factor=${up}, final_div_factor=${down}, cycle_momentum=False)`
  );
};
