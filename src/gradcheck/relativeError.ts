import { requireRecord } from "../constraint/kinds.js";
import type { EntryReport } from "./report.js";

/**
 * Relative error of one entry of a gradient check, `|d − a| / (|d| + |a|)` of the claimed derivative d and the numerical one a:
 * the entry's share in the textbook's difference, from 0 (equal) to 1 (one of them zero, or of the other sign).
 *
 * @param entry of a report; in the modes `exhaustive` and `textbook` a block's report has them all
 * @returns 0 where the two agree within three error bars; NaN where one of them is not a finite number
 *
 * @example
 * import { checkGradients } from "gradproof";
 * import { relativeError } from "gradproof/gradcheck";
 * const report = checkGradients(
 *   { parameters: { w: [1, 2] }, cost: ({ w }) => w.reduce((J, x) => J + x * x, 0), gradients: () => ({ w: [2, 12] }) },
 *   { mode: "exhaustive" },
 * );
 * report.blocks[0]?.entries?.map(relativeError).map((error) => Number(error.toFixed(6))); // => [0, 0.5]
 */
export function relativeError(entry: EntryReport): number {
  requireRecord("relativeError(): entry", entry, "an entry of a report");
  const { claimed, numerical, error } = entry;
  const distance = Math.abs(claimed - numerical);
  return distance <= 3 * error ? 0 : distance / (Math.abs(claimed) + Math.abs(numerical));
}
