import { columnNamed } from "../columnNamed.js";
import type { Table } from "../table.js";
import { columnRules } from "./columnRules.js";
import { MissingMarks, missingMarks } from "./columns/missingMarks.js";
import { headerOf } from "./csvHeader.js";
import type { CsvOptions } from "./csvOptions.js";
import { CsvScanner } from "./csvScanner.js";
import { CsvTable } from "./csvTable.js";
import { dialectIn, settledEncoding } from "./readCsv.js";
import { type ByteSource, inUtf8 } from "./textSource.js";
import { wholeRows } from "./wholeRows.js";

/** Some rows of a file, none where all of them are empty. */
export interface TablePart {
  /** The columns that the options declare. */
  readonly table: Table;
  /** The columns that are kept, in the order asked for, as texts; empty cells are null. */
  readonly kept: Table;
  /** Share of the file that has been read, 0 … 1. */
  readonly share: number;
}

/** Which columns stay as they are written. */
export type KeptColumns = readonly string[] | "all";

/** How to read a file of which each column that is wanted has its kind declared. */
export type DeclaredColumns = CsvOptions & {
  readonly others: "skip";
  /** Columns to keep before those that are asked for, where the file has them. Default none. */
  readonly ids?: readonly string[];
};

/** The columns to keep, of those that there are. */
function keptAmong(names: readonly string[], keep: KeptColumns, ids: readonly string[] = []): readonly string[] {
  if (keep === "all") return names;
  const named = new Set(keep.map((wanted) => columnNamed(names, wanted)));
  return [...ids.filter((id) => names.includes(id) && !named.has(id)), ...keep];
}

/** The columns of a table that are kept, as texts: numbers with the fewest digits that mean the same, dates as ISO 8601 has them. */
export function keptOf({ rows, columns }: Table, keep: KeptColumns, ids?: readonly string[]): Table {
  const names = columns.map(({ name }) => name);
  const kept = keptAmong(names, keep, ids);
  columnRules(names, { others: "skip", categorical: kept });
  const order = kept.map((wanted) => columnNamed(names, wanted));
  return {
    rows,
    columns: order
      .flatMap((name) => columns.filter((column) => column.name === name))
      .map((column) => ({
        kind: "categorical",
        name: column.name,
        values: Array.from<number | string | null, string | null>(column.values, (value) => {
          if (typeof value !== "number") return value;
          if (Number.isNaN(value)) return null;
          return column.kind === "date" ? new Date(value).toISOString() : String(value);
        }),
      })),
  };
}

/**
 * Reads a file part by part, so that one larger than the memory can be read, each part as `readCsv` would read all of it.
 *
 * @param options declare the kind of each column that is wanted: all of a file would have to be read to infer one
 * @throws FormatError as `parseCsv` does
 */
export function* csvParts(file: ByteSource, options: DeclaredColumns, keep: KeptColumns): Generator<TablePart> {
  const encoding = settledEncoding(file, options);
  const source = inUtf8(file, encoding);
  const missing = missingMarks(options);
  const dialect = dialectIn(source, missing, options);
  const header = headerOf(dialect, missing, options);
  const { names, isRow } = header;
  const named = names.filter((name) => name !== "");
  const kept = keptAmong(named, keep, options.ids);
  const asTexts = {
    others: "skip",
    categorical: kept,
    missing: [],
  } as const;
  columnRules(names, asTexts); // a column to keep that is not there is said so before anything is predicted
  const order = kept.map((wanted) => columnNamed(named, wanted));
  const inOrder = ({ rows, columns }: Table): Table => ({
    rows,
    columns: order.flatMap((name) => columns.find((column) => column.name === name) ?? []),
  });
  const scanner = new CsvScanner(dialect.delimiter, dialect.quote);
  const above = dialect.titles + Number(isRow);
  let goesOn = false;
  let settled = options;
  let below: number | undefined;
  for (const { bytes, line, share } of wholeRows(source, dialect.start, scanner, above)) {
    const part = { size: bytes.length, pieces: () => [bytes] };
    const cut = { ...dialect, start: { offset: 0, line }, ...(goesOn && { goesOn: true as const }) };
    const making = new CsvTable(part, encoding, cut, header, missing, settled);
    const table = making.read();
    // What looked like a remark below the table is a row cut short.
    if (below !== undefined && table.rows > 0) throw making.cellsError(below, 1);
    below ??= making.belowLine;
    goesOn = true;
    // What the first dates are read with holds for all.
    const { dayFirst } = table.reading ?? {};
    if (dayFirst !== undefined) settled = { ...settled, dayFirst };
    const texts =
      kept.length === 0
        ? { rows: table.rows, columns: [] }
        : new CsvTable(part, encoding, cut, header, new MissingMarks([]), asTexts).read();
    yield { table, kept: inOrder(texts), share };
  }
}
