import { significant } from "../significant.js";

/** How near a factor must be to a round number to be called by it. */
const snapping = 1e-6;

/** `2.000`, `-1.000`, `1.235e+5` */
export function factorText(factor: number): string {
  const size = Math.abs(factor);
  return size >= 0.01 && size < 1e5 ? factor.toFixed(3) : significant(factor, 4);
}

/** A whole number, or a small one of two decimals, that this one is; undefined where it is none. */
function round(value: number): number | undefined {
  const size = Math.abs(value);
  if (size > 1e7) return undefined;
  const rounded = size >= 10 ? Math.round(value) : Math.round(value * 100) / 100;
  return rounded !== 0 && Math.abs(value - rounded) <= snapping * size ? rounded : undefined;
}

/** The factor by which a gradient is off as a cause, if it is a number that somebody writes; undefined otherwise. */
export function roundFactor(factor: number): string | undefined {
  const extra = round(factor);
  const missing = round(1 / factor);
  if (extra === -1) return "the sign is wrong";
  if (extra !== undefined && Number.isInteger(extra)) {
    return `an extra factor ${extra}${extra > 4 ? ` (1/m is missing, if m = ${extra})` : ""}`;
  }
  if (missing !== undefined && Number.isInteger(missing)) {
    return `a factor ${missing} is missing${missing > 4 ? ` (or 1/m is there twice, if m = ${missing})` : ""}`;
  }
  if (extra !== undefined) {
    return `an extra factor ${extra}${missing === undefined ? "" : ` (or a division by ${missing})`}`;
  }
  return missing === undefined ? undefined : `an extra division by ${missing}`;
}
