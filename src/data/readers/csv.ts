/** CSV files: text in, table out, and back. */

import { closest } from "../../constraint/closest.js";
import { OptionError } from "../../constraint/constraint.js";
import { requireRecord } from "../../constraint/kinds.js";
import { FormatError } from "../formatError.js";
import { quoted, quotedList } from "../quoted.js";
import type { Table } from "../table.js";
import { type ColumnRule, CsvColumn } from "./csvColumn.js";
import { decodeText, findDelimiter, forEachRow } from "./csvRows.js";

export { formatCsv } from "../csvWriter.js";

/** How to read a CSV file, where its cells do not say it themselves. */
export interface CsvOptions {
  /** Default: whichever of comma, semicolon and tab is in the header line most often. */
  readonly delimiter?: "," | ";" | "\t";
  /** Columns that must hold numbers; the first other cell is an error. */
  readonly numeric?: readonly string[];
  /** Columns to read as texts even if they look like numbers, such as postal codes. */
  readonly categorical?: readonly string[];
  /** Columns to leave out, whatever they hold. */
  readonly drop?: readonly string[];
  /** Columns that no list names: `infer` their kind (the default) or `skip` them. */
  readonly others?: "infer" | "skip";
  /** Cells that mean a missing value. Default `""`, `NA`, `N/A`, `null`, `NULL` and `?`. */
  readonly missing?: readonly string[];
  /** Called now and then while the rows are read, with the lines so far and the share of the file that they are, 0 … 1. */
  readonly onProgress?: (lines: number, share: number) => void;
}

/** Lines from one call of `onProgress` to the next. */
const progressEvery = 20_000;

const defaultMissing: readonly string[] = ["", "NA", "N/A", "null", "NULL", "?"];

/**
 * Reads a CSV file with a header line into a table.
 *
 * - The dialect is RFC 4180's: quotes, doubled quotes and line ends within quotes, `\n`, `\r\n` or `\r`; UTF-8, or UTF-16
 *   with a byte order mark. Blank lines are passed over; blanks around a cell do not count.
 * - A column is numeric when all its cells are decimal numbers (`1e3`, `+1`, `.5`; not `0x10`, not `1,000`) or missing,
 *   and categorical when at most half of them are numbers. In between, the first cell that is no number is an error: a
 *   slip in a number must not turn 10,000 numbers into categories. Declare such a column `categorical` if it is.
 * - A missing value becomes NaN in a numeric column, null in a categorical one. A column with no value at all is numeric.
 * - A cell `NaN`, `inf` or `Infinity`, or a number beyond float64, in a numeric column is an error.
 *
 * @param file the text, or the bytes of the file
 * @throws FormatError with line and column: a file without header or rows, rows of another length, a quote that is not
 * closed, names that are empty or occur twice, columns that `numeric`, `categorical` or `drop` name but the file lacks
 *
 * Source: RFC 4180, parsed by csv-parse.
 *
 * @example
 * import { parseCsv } from "gradproof/csv";
 * const table = parseCsv("amount,country,fraud\n12.5,NO,0\n,SE,1\n");
 * table.rows; // => 2
 * table.columns[0]; // => { kind: "numeric", name: "amount", values: new Float64Array([12.5, Number.NaN]) }
 * table.columns[1]; // => { kind: "categorical", name: "country", values: ["NO", "SE"] }
 */
export function parseCsv(file: string | Uint8Array, options: CsvOptions = {}): Table {
  requireRecord("parseCsv(): options", options);
  const text = decodeText(file);
  const delimiter = options.delimiter ?? findDelimiter(text);
  const missing = new Set((options.missing ?? defaultMissing).map((cell) => cell.trim()));

  const columns: (CsvColumn | undefined)[] = [];
  let rows = 0;
  forEachRow(text, delimiter, (cells, line, share) => {
    if (line % progressEvery === 0) options.onProgress?.(line, share);
    if (columns.length === 0) {
      const names = readHeader(cells, line);
      const ruleOf = columnRules(names, options);
      for (const name of names) {
        const rule = ruleOf(name);
        columns.push(rule === "skip" ? undefined : new CsvColumn(name, rule, missing));
      }
      return;
    }
    if (cells.length !== columns.length) {
      throw new FormatError(
        `CSV: line ${line} has ${count(cells.length, "cell")}, the header has ${count(columns.length, "column")} ` +
          `(delimiter ${quoted(delimiter)}); quote cells that contain the delimiter`,
      );
    }
    for (let j = 0; j < cells.length; j++) columns[j]?.add(cells[j], line);
    rows++;
  });
  if (columns.length === 0) {
    throw new FormatError("CSV: the file is empty; expected a line of column names, then a line for each row");
  }
  if (rows === 0) throw new FormatError("CSV: the file has a header and no rows; expected at least one row");

  const incomplete = columns.map((column) =>
    column?.incomplete ? new CsvColumn(column.name, "categorical", missing) : undefined,
  );
  if (incomplete.some((column) => column !== undefined)) {
    let header = true;
    forEachRow(text, delimiter, (cells, line) => {
      if (!header) for (let j = 0; j < cells.length; j++) incomplete[j]?.add(cells[j], line);
      header = false;
    });
  }
  const finished = columns.map((column, j) => (incomplete[j] ?? column)?.finish());
  return { rows, columns: finished.filter((column) => column !== undefined) };
}

/** The column names, trimmed: none empty, no two alike, and no row of data in their place. */
function readHeader(cells: readonly string[], line: number): string[] {
  const names = cells.map((cell) => cell.trim());
  const seen = new Map<string, number>();
  for (const [j, name] of names.entries()) {
    if (name === "") {
      throw new FormatError(`CSV: line ${line}: column ${j + 1} has no name; the first line must name every column`);
    }
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      throw new FormatError(`CSV: line ${line}: columns ${earlier + 1} and ${j + 1} are both named ${quoted(name)}`);
    }
    seen.set(name, j);
  }
  // Whole numbers in a row are names that pandas gives; any other numbers are data, and would be lost in silence.
  const numbers = names.map(Number);
  const enumerated = numbers.every((value, j) => value === numbers[0] + j) && Number.isInteger(numbers[0]);
  if (!enumerated && numbers.every(Number.isFinite)) {
    throw new FormatError(
      `CSV: line ${line} holds only numbers (${quotedList(names.slice(0, 3))}…); ` +
        "the first line must name the columns: add such a line",
    );
  }
  return names;
}

/** What the options say about each column, after checking that the file has every column they name. */
function columnRules(names: readonly string[], options: CsvOptions): (name: string) => ColumnRule | "skip" {
  const rules = new Map<string, ColumnRule | "skip">();
  for (const [rule, listed] of [
    ["numeric", options.numeric],
    ["categorical", options.categorical],
    ["skip", options.drop],
  ] as const) {
    for (const name of listed ?? []) {
      if (rules.has(name)) {
        throw new OptionError(
          `parseCsv(): column ${quoted(name)} is in more than one of numeric, categorical and drop`,
        );
      }
      rules.set(name, rule);
    }
  }
  const present = new Set(names);
  const absent = [...rules.keys()].filter((name) => !present.has(name));
  if (absent.length > 0) {
    const guess = absent.length === 1 ? closest(absent[0], names) : undefined;
    throw new FormatError(
      `CSV: no ${absent.length === 1 ? "column" : "columns"} ${quotedList(absent)}; the file has ${quotedList(names)}` +
        (guess === undefined ? "" : `. Did you mean ${quoted(guess)}?`),
    );
  }
  const others = options.others ?? "infer";
  return (name) => rules.get(name) ?? others;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
