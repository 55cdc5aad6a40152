import { type Said, say } from "../constraint/codedError.js";
import { show } from "../constraint/constraint.js";
import { atCell } from "./cells.js";
import { FormatError } from "./formatError.js";
import { dataWords } from "./words.js";

/** What stands in a cell of a record; `null` is a missing value. */
export type Cell = string | number | boolean | Date | null;

/** One row of a table, by the names of its columns. */
export type TableRecord = Readonly<Record<string, Cell>>;

const decimal = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/**
 * The number in a cell, NaN where it is missing: a number, a text that is one, 1 and 0 of true and false.
 *
 * @param row of the record, from 0
 */
export function numberIn(cell: unknown, column: string, row: number): number {
  if (cell === null) return Number.NaN;
  if (typeof cell === "number" || typeof cell === "boolean") return Number(cell);
  if (typeof cell === "string" && decimal.test(cell)) return Number(cell);
  throw atCell(row, column, typeof cell === "string" ? say(dataWords, "table.number", { value: cell }) : noCell(cell));
}

/** The text in a cell, null where it is missing: a text, or a number or a boolean as it is written. */
export function textIn(cell: unknown, column: string, row: number): string | null {
  if (cell === null || typeof cell === "string") return cell;
  if (typeof cell === "number") return Number.isNaN(cell) ? null : String(cell);
  if (typeof cell === "boolean") return String(cell);
  throw atCell(row, column, noCell(cell));
}

/** Date, or date and time, as ISO 8601 has them; without a zone it is UTC, as in a table. */
const isoDate = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?\s*$/;

/** The point in time in a cell, in milliseconds since 1970, NaN where it is missing: a `Date`, or a text such as 2026-11-28. */
export function timeIn(cell: unknown, column: string, row: number): number {
  if (cell === null) return Number.NaN;
  if (cell instanceof Date) return cell.getTime();
  if (typeof cell !== "string") throw atCell(row, column, noCell(cell));
  const [, day, clock, zone = "Z"] = isoDate.exec(cell) ?? [];
  const time = Date.parse(clock === undefined ? day : `${day}T${clock}${zone}`);
  // February 30 is read as March 1.
  if (Number.isNaN(time) || new Date(Date.parse(day)).toISOString().slice(0, 10) !== day)
    throw atCell(row, column, say(dataWords, "table.date", { value: cell }));
  return time;
}

/** Where a record has no entry at all for a column that a model needs. */
export function absentIn(record: TableRecord, column: string): FormatError {
  return new FormatError(say(dataWords, "record.absent", { column, known: Object.keys(record) }));
}

function noCell(cell: unknown): Said {
  return say(dataWords, "record.cell", { given: show(cell) });
}
