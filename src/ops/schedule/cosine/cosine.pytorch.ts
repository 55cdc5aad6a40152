import { pythonNumber } from "../../text/python.js";
import type { SchedulePytorch } from "../../text/schedule.js";

export const cosine: SchedulePytorch = ({ options: { end, warmup }, steps, rate }) => {
  if (warmup > 0) return undefined;
  const least = end === 0 ? "" : `, eta_min=${pythonNumber(end)} * ${rate}`;
  return `CosineAnnealingLR(optimizer, T_max=${steps}${least})`;
};
