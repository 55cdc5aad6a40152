import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { say } from "../constraint/codedError.js";
import { requireRecord, requireText } from "../constraint/kinds.js";
import { FormatError, formatErrorIn } from "../data/formatError.js";
import type { CsvOptions } from "../data/readers/csvOptions.js";
import { csvParts, type DeclaredColumns, type KeptColumns, keptOf, type TablePart } from "../data/readers/csvParts.js";
import { parseJsonLines } from "../data/readers/jsonLines.js";
import { readCsv } from "../data/readers/readCsv.js";
import type { Table } from "../data/table.js";
import { codeOf, fileErrorOf, withFileErrors } from "./fileError.js";
import { fileSource } from "./fileSource.js";
import { readParquet } from "./parquetTable.js";
import { isArrayFile } from "./readArrays.js";
import { nodeWords, type TableFormat } from "./words.js";

/** Formats that hold arrays or sheets, by how their names end. */
const otherFormats: Readonly<Record<string, TableFormat>> = {
  ".npy": "npy",
  ".npz": "npz",
  ".mat": "mat",
  ".xlsx": "sheet",
  ".xls": "sheet",
};

/**
 * Reads a table: of text (see `parseCsv`), also compressed with gzip; of JSON lines (`.jsonl`, `.ndjson`), an object a row, or an array of them (`.json`);
 * of Parquet (`.parquet`), where the package hyparquet is installed.
 *
 * @param path of the file, or `-` for standard input
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
  requireRecord("readTable(): options", options);
  requireTableFile(path);
  try {
    return await withFileErrors("read", path, () => tableIn(path, options));
  } catch (thrown) {
    throw errorOf(path, thrown);
  }
}

/**
 * Reads a table part by part, so that a file of text may be larger than the memory; see `csvParts`. Others are one part.
 *
 * @throws FileError and FormatError as {@link readTable}, some of them while the parts are gone through
 */
export async function readTableParts(
  path: string,
  options: DeclaredColumns,
  keep: KeptColumns,
): Promise<Iterable<TablePart>> {
  requireTableFile(path);
  try {
    if (isRecordFile(path)) {
      const [table, whole] = [await readTable(path, options), await readTable(path)];
      return [{ table, kept: keptOf(whole, keep, options.ids), share: 1 }];
    }
    const source = await withFileErrors("read", path, () => fileSource(path));
    return partsIn(path, csvParts(source, options, keep));
  } catch (thrown) {
    throw errorOf(path, thrown);
  }
}

function* partsIn(path: string, parts: Iterable<TablePart>): Generator<TablePart> {
  try {
    yield* parts;
  } catch (thrown) {
    throw codeOf(thrown) === undefined ? errorOf(path, thrown) : fileErrorOf("read", path, thrown);
  }
}

function requireTableFile(path: string): void {
  const format = otherFormats[endingOf(path)] ?? (isArrayFile(path) ? "idx" : undefined);
  if (format !== undefined) throw new FormatError(say(nodeWords, "table.format", { path, format }));
}

async function tableIn(path: string, options: CsvOptions): Promise<Table> {
  if (endingOf(path) === ".parquet") return readParquet(path, options);
  if (isRecordFile(path)) return parseJsonLines(await readFile(path), options);
  return readCsv(await fileSource(path), options);
}

const endingOf = (path: string): string => extname(path).toLowerCase();

/** Whether a file holds records, not text in columns. */
const isRecordFile = (path: string): boolean => [".parquet", ".jsonl", ".ndjson", ".json"].includes(endingOf(path));

function errorOf(path: string, thrown: unknown): unknown {
  return formatErrorIn(path === "-" ? "standard input" : basename(path), thrown);
}
