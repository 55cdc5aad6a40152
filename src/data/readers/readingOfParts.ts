import type { Reading } from "../reading.js";
import { readingNotes } from "./readingNotes.js";

/** How a file was read of which two parts were read so, one behind the other. */
export function readingOfParts(a: Reading, b: Reading): Reading {
  const cells = new Map(a.missing.map((one) => [one.mark, one.cells]));
  for (const { mark, cells: more } of b.missing) cells.set(mark, (cells.get(mark) ?? 0) + more);
  const units = new Map([...a.units, ...b.units].map((one) => [one.column, one]));
  const dayFirst = a.dayFirst ?? b.dayFirst;
  const facts = {
    ...a,
    ...(dayFirst !== undefined && { dayFirst }),
    missing: Array.from(cells, ([mark, count]) => ({ mark, cells: count })),
    grouped: [...new Set([...a.grouped, ...b.grouped])],
    units: [...units.values()],
    below: a.below + b.below,
    repeats: a.repeats + b.repeats,
    emptyRows: a.emptyRows + b.emptyRows,
    emptyColumns: Math.max(a.emptyColumns, b.emptyColumns),
    suspects: [],
  };
  return { ...facts, notes: readingNotes(facts) };
}
