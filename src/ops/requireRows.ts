import { OptionError } from "../constraint/constraint.js";
import type { Shape } from "./op.js";

/** Checks that a layer which is told something of each row of its input gets as many rows. */
export function requireRows(layer: string, option: string, told: number, { rows }: Shape): void {
  if (rows === told) return;
  throw new OptionError(
    `the layer ${layer} has ${option} for ${told} ${told === 1 ? "row" : "rows"}, its input has ${rows}; give ${option} one entry a row`,
  );
}
