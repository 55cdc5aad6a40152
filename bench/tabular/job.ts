import { splitIndices } from "../../src/data/split.js";
import type { Column, Table } from "../../src/data/table.js";

/** A table and a split, for every method the same. */
export interface Job {
  readonly table: string;
  readonly seed: number;
  readonly task: "classes" | "numbers";
  /** Number of classes; of numbers 0. */
  readonly classes: number;
  /** Every column but the target. */
  readonly columns: readonly Column[];
  /** Numbers, or classes 0, 1, …, in the order of `names`. */
  readonly y: readonly number[];
  readonly names: readonly string[];
  /** Rows for training, three quarters of them. */
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * A table's last column is what is predicted: texts and any two values are classes, other numbers are numbers. Rows without it
 * are left out. Splits by classes keep their shares.
 *
 * @throws RangeError for a table of one column
 */
export function jobOf(name: string, table: Table, seed: number): Job {
  const target = table.columns.at(-1);
  if (target === undefined || table.columns.length < 2)
    throw new RangeError(`${name}: a table has two columns or more`);
  const known = [...target.values.keys()].filter((i) => !isMissing(target.values[i]));
  const values = known.map((i) => target.values[i] as string | number);
  const distinct = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  const classes = target.kind === "categorical" || distinct.length === 2;
  const codes = new Map(distinct.map((value, k) => [value, k]));
  const y = values.map((value) => (classes ? (codes.get(value) ?? -1) : Number(value)));
  const { train, validation } = splitIndices(y.length, { validation: 0.25 }, seed, classes ? y : undefined);
  return {
    table: name,
    seed,
    task: classes ? "classes" : "numbers",
    classes: classes ? distinct.length : 0,
    columns: table.columns.slice(0, -1).map((column) => rowsOf(column, known)),
    y,
    names: classes ? distinct.map(String) : [],
    train: [...train],
    test: [...validation],
  };
}

const isMissing = (value: string | number | null): boolean => value === null || Number.isNaN(value);

/** Some rows of a column. */
export function rowsOf(column: Column, rows: readonly number[]): Column {
  return column.kind === "categorical"
    ? { ...column, values: rows.map((i) => column.values[i]) }
    : { ...column, values: Float64Array.from(rows, (i) => column.values[i]) };
}

/** As JSON for another process: NaN becomes null. */
export function jobText(job: Job, methods: readonly string[]): string {
  const columns = job.columns.map((column) => ({ ...column, values: Array.from<unknown>(column.values) }));
  return JSON.stringify({ ...job, columns, methods });
}
