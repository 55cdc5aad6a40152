import { OptionError } from "../constraint/constraint.js";
import type { Shape } from "./op.js";

/** Checks that a layer which is told something of each row of its input gets as many rows. */
export function requireRows(option: string, told: number, { rows }: Shape): void {
  if (rows === told) return;
  throw new OptionError(
    `${option} are for ${told} ${told === 1 ? "row" : "rows"}, the input has ${rows}; give one entry a row`,
  );
}
