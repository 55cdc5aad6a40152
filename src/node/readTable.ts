import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { say } from "../constraint/codedError.js";
import { requireText } from "../constraint/kinds.js";
import { FormatError, formatErrorIn } from "../data/formatError.js";
import { parseCsv } from "../data/readers/csv.js";
import type { CsvOptions } from "../data/readers/csvOptions.js";
import { csvParts, type KeptColumns, type TablePart } from "../data/readers/csvParts.js";
import type { Table } from "../data/table.js";
import { withFileErrors } from "./fileError.js";
import { fileSource } from "./fileSource.js";
import { isArrayFile } from "./readArrays.js";
import { nodeWords, type TableFormat } from "./words.js";

/** Formats of tables and arrays that are not CSV, by how their names end. */
const otherFormats: Readonly<Record<string, TableFormat>> = {
  ".npy": "npy",
  ".npz": "npz",
  ".mat": "mat",
  ".parquet": "other",
  ".xlsx": "sheet",
  ".xls": "sheet",
  ".json": "other",
};

/**
 * Reads a table from a CSV file (see `parseCsv`).
 *
 * @throws FileError where the file cannot be read, FormatError where it is not a table; both name the file
 *
 * @example
 * import { mkdtempSync, writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { readTable } from "gradproof/node";
 * const path = join(mkdtempSync(join(tmpdir(), "table-")), "points.csv");
 * writeFileSync(path, "x,y\n1,a\n2,b\n");
 * (await readTable(path)).columns.map((column) => column.name); // => ["x", "y"]
 */
export async function readTable(path: string, options: CsvOptions = {}): Promise<Table> {
  requireText("readTable(): path", path, "the path of a file");
  requireTextFile(path);
  const bytes = await withFileErrors("read", path, () => readFile(path));
  try {
    return parseCsv(bytes, options);
  } catch (thrown) {
    throw formatErrorIn(basename(path), thrown);
  }
}

/**
 * Reads a CSV file part by part, so that one larger than the memory can be read; see `csvParts`.
 *
 * @throws FileError and FormatError as {@link readTable}
 */
export function* readTableParts(
  path: string,
  options: CsvOptions & { readonly others: "skip" },
  keep: KeptColumns,
): Generator<TablePart> {
  requireTextFile(path);
  try {
    yield* csvParts(fileSource(path), options, keep);
  } catch (thrown) {
    throw formatErrorIn(basename(path), thrown);
  }
}

/** @throws FormatError for a file whose name says that it is no text */
function requireTextFile(path: string): void {
  const format = otherFormats[extname(path).toLowerCase()] ?? (isArrayFile(path) ? "idx" : undefined);
  if (format !== undefined) throw new FormatError(say(nodeWords, "table.format", { path, format }));
}
