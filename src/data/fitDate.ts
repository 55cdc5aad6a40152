import { dates } from "./cells.js";
import { datePart } from "./datePart.js";
import { dateParts, type FeatureRule } from "./featureRule.js";
import type { LeftOut } from "./leftOut.js";
import { median } from "./quantile.js";
import type { DateColumn } from "./table.js";

/** Learns how to encode a column of dates: the parts that vary in the training rows; or why it is no feature. */
export function fitDate(column: DateColumn, rows: readonly number[]): FeatureRule | LeftOut {
  const { name } = column;
  const values = dates(column);
  const present = Float64Array.from(rows, (i) => values[i]).filter((value) => !Number.isNaN(value));
  if (present.length === 0) return { name, why: "empty" };
  const first = present.reduce((a, b) => Math.min(a, b));
  const missing = present.length < rows.length;
  const parts = dateParts.flatMap((part) => {
    const sorted = present.map((time) => datePart(part, time, first)).sort();
    return sorted[0] === sorted[sorted.length - 1] ? [] : [{ part, median: median(sorted) }];
  });
  if (parts.length === 0) return { name, why: "constant" };
  return { kind: "date", name, first, parts, ...(missing && { missing }) };
}
