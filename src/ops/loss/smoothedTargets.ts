import { pythonNumber } from "../text/python.js";

/** Targets with label smoothing s over so many classes, in Python: `(1 − s) Y + s / classes`. */
export function smoothedTargets(s: number, classes: number): string {
  return `${pythonNumber(1 - s)} * Y + ${pythonNumber(s / classes)}`;
}
