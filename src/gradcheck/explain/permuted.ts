import { say } from "../say.js";
import type { Cause } from "./cause.js";
import type { Facts } from "./facts.js";

/** Rows of dW (entries of a vector), or its columns, are those of the right gradient in another order. */
export const permuted: Cause = (facts) => {
  const { gradient, shape, rows, columns, whole } = facts;
  if (!whole || !facts.telling) return undefined;
  const byRow = order(facts, rows, columns, (row, k) => row * columns + k);
  if (byRow !== undefined) {
    return say(columns === 1 ? "cause.entriesPermuted" : "cause.rowsPermuted", { gradient, order: byRow.map(String) });
  }
  // What lies behind the first axis of a larger array is no column.
  if (columns < 2 || (shape.length > 2 && rows > 1)) return undefined;
  const byColumn = order(facts, columns, rows, (column, k) => k * columns + column);
  if (byColumn === undefined) return undefined;
  return say(shape.length > 2 ? "cause.entriesPermuted" : "cause.columnsPermuted", {
    gradient,
    order: byColumn.map(String),
  });
};

/** Which right line each claimed one is, where each is exactly one and they are not all in place. */
function order(
  facts: Facts,
  lines: number,
  length: number,
  at: (line: number, k: number) => number,
): number[] | undefined {
  if (lines < 3) return undefined;
  const found: number[] = [];
  for (let line = 0; line < lines; line++) {
    const matches: number[] = [];
    for (let other = 0; other < lines; other++) {
      let same = true;
      for (let k = 0; same && k < length; k++) same = facts.near(at(line, k), facts.numerical[at(other, k)]);
      if (same) matches.push(other);
    }
    if (matches.length !== 1) return undefined;
    found.push(matches[0]);
  }
  return new Set(found).size === lines ? found : undefined;
}
