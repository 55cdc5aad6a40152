import { type Said, say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import type { Column, Table } from "../table.js";
import { columnRules } from "./columnRules.js";
import type { Kind } from "./columns/cellGatherer.js";
import { type MissingMarks, missingMarks } from "./columns/missingMarks.js";
import type { CsvOptions } from "./csvOptions.js";
import { recordWords } from "./recordWords.js";
import { DateReader } from "./writtenDate.js";

/** One row by the names of its columns, as JSON or Parquet hold it. */
export type TableRecord = Readonly<Record<string, unknown>>;

/**
 * Records as a table: a column for each name, in the order in which they come. Numbers are numeric, also those in texts where all of a
 * column are (`"12.5"`, but not `"007"`); texts and `true` and `false` are categorical, texts that are all dates are dates; what is null
 * or absent is missing.
 *
 * @throws FormatError for a value that is a list or an object, and for a column of several kinds
 */
export function tableOfRecords(records: readonly TableRecord[], options: CsvOptions): Table {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (records.length === 0) throw new FormatError(say(recordWords, "records.none"));
  const missing = missingMarks(options);
  const columns = columnRules(names, options).flatMap((rule, j) => {
    if (rule === "skip") return [];
    const name = names[j];
    const cells = records.map((record, i) =>
      cellOf(Object.hasOwn(record, name) ? record[name] : null, i, name, missing),
    );
    return columnOf(
      name,
      cells,
      rule === "infer" ? undefined : rule,
      options.dayFirst ?? options.assumed?.dayFirst ?? false,
    );
  });
  return { rows: records.length, columns };
}

/** A number, a text, a time in milliseconds, or nothing. */
type Cell = number | string | Date | null;

function cellOf(value: unknown, row: number, column: string, missing: MissingMarks): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return missing.has(value.trim()) ? null : value.trim();
  if (typeof value === "number") return Number.isNaN(value) || missing.hasNumber(value) ? null : value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value;
  throw rejected(row, column, say(recordWords, "records.nested"));
}

function columnOf(name: string, given: readonly Cell[], declared: Kind | undefined, dayFirst: boolean): Column {
  const isNumeric = declared === "numeric" || (declared === undefined && given.every(mayBeNumber));
  const cells = isNumeric
    ? given.map((cell) => (typeof cell === "string" && mayBeNumber(cell) ? Number(cell) : cell))
    : given;
  const held = cells.filter((cell) => cell !== null);
  const dates = datesOf(cells, dayFirst);
  const areDates =
    held.length > 0 &&
    held.every((cell) => typeof cell !== "number") &&
    dates.values.every((date, i) => cells[i] === null || !Number.isNaN(date));
  const kind =
    declared ?? (held.every((cell) => typeof cell === "number") ? "numeric" : areDates ? "date" : "categorical");
  if (kind === "date") {
    requireAll(name, cells, (_, i) => !Number.isNaN(dates.values[i]), say(recordWords, "records.date"));
    return { kind, name, ...dates };
  }
  if (kind === "numeric") {
    requireAll(name, cells, (cell) => Number.isFinite(cell), say(recordWords, "records.number"));
    return { kind, name, values: Float64Array.from(cells, (cell) => (typeof cell === "number" ? cell : Number.NaN)) };
  }
  if (declared === undefined) {
    const numbers = held.filter((cell) => typeof cell === "number").length;
    if (numbers * 2 > held.length) {
      requireAll(name, cells, (cell) => typeof cell === "number", say(recordWords, "records.number"));
    }
  }
  const texts = cells.map((cell) => (cell === null ? null : cell instanceof Date ? cell.toISOString() : String(cell)));
  return { kind, name, values: texts };
}

/** Whether a cell is a number, perhaps in a text. What begins with a zero too many is a code: a postal code, a telephone's number. */
function mayBeNumber(cell: Cell): boolean {
  if (typeof cell !== "string") return cell === null || typeof cell === "number";
  return (
    /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(cell) &&
    Math.abs(Number(cell)) <= Number.MAX_SAFE_INTEGER
  );
}

function datesOf(cells: readonly Cell[], dayFirst: boolean): { readonly values: Float64Array; readonly time: boolean } {
  const reader = new DateReader(dayFirst);
  const values = Float64Array.from(cells, (cell) => {
    if (cell instanceof Date) return cell.getTime();
    return typeof cell === "string" ? reader.read(cell) : Number.NaN;
  });
  return { values, time: reader.time || values.some((date) => date % 86_400_000 !== 0 && !Number.isNaN(date)) };
}

function requireAll(
  name: string,
  cells: readonly Cell[],
  isRight: (cell: Cell, row: number) => boolean,
  said: Said,
): void {
  const wrong = cells.findIndex((cell, i) => cell !== null && !isRight(cell, i));
  if (wrong >= 0) throw rejected(wrong, name, said);
}

function rejected(row: number, column: string, said: Said): FormatError {
  return new FormatError(within(say(recordWords, "records.cell", { row: row + 1, column }), said));
}
