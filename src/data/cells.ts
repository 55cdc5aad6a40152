import { type Said, say, within } from "../constraint/codedError.js";
import { FormatError } from "./formatError.js";
import type { Column, DateColumn, NumericColumn } from "./table.js";
import { dataWords } from "./words.js";

/** Values of a numeric column, none of them infinite. NaN is a missing one. */
export function finiteValues(column: NumericColumn | DateColumn): Float64Array {
  const { values, name } = column;
  for (let j = 0; j < values.length; j++) {
    if (values[j] === Number.POSITIVE_INFINITY || values[j] === Number.NEGATIVE_INFINITY) {
      throw atCell(j, name, say(dataWords, "table.notFinite", { value: values[j] }));
    }
  }
  return values;
}

/** The texts of a column, in the place of which it may hold nothing but missing values. */
export function texts(column: Column, example: string): readonly (string | null)[] {
  if (column.kind === "categorical") return column.values;
  const present = column.values.findIndex((value) => !Number.isNaN(value));
  if (present < 0) return new Array<null>(column.values.length).fill(null);
  throw atCell(present, column.name, say(dataWords, "table.text", { example, value: column.values[present] }));
}

/** The numbers of a column, in the place of which it may hold nothing but missing values. */
export function numbers(column: Column): Float64Array {
  if (column.kind !== "categorical") return finiteValues(column);
  const present = column.values.findIndex((value) => value !== null);
  if (present < 0) return new Float64Array(column.values.length).fill(Number.NaN);
  throw atCell(present, column.name, say(dataWords, "table.number", { value: column.values[present] ?? "" }));
}

/** The latest point in time that a `Date` holds, in milliseconds from 1970, and the earliest with a minus. */
const lastTime = 8.64e15;

/** The dates of a column, in the place of which it may hold nothing but missing values. */
export function dates(column: Column): Float64Array {
  if (column.kind !== "date") {
    const isMissing = (value: number | string | null): boolean => value === null || Number.isNaN(value);
    const present = Array.from<number | string | null>(column.values).findIndex((value) => !isMissing(value));
    if (present < 0) return new Float64Array(column.values.length).fill(Number.NaN);
    throw atCell(present, column.name, say(dataWords, "table.date", { value: String(column.values[present]) }));
  }
  const beyond = column.values.findIndex((value) => Math.abs(value) > lastTime);
  if (beyond >= 0) {
    throw atCell(beyond, column.name, say(dataWords, "table.date", { value: String(column.values[beyond]) }));
  }
  return column.values;
}

/** What is wrong with a cell. Rows count from 1, the header left out. */
export function atCell(row: number, column: string, said: Said): FormatError {
  return new FormatError(within(say(dataWords, "table.cell", { row: row + 1, column }), said));
}
