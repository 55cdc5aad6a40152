import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { say } from "../constraint/codedError.js";
import { requireRecord, requireText } from "../constraint/kinds.js";
import { FormatError, formatErrorIn } from "../data/formatError.js";
import type { CsvOptions } from "../data/readers/csvOptions.js";
import { parseJsonLines } from "../data/readers/jsonLines.js";
import { readCsv } from "../data/readers/readCsv.js";
import type { Table } from "../data/table.js";
import { withFileErrors } from "./fileError.js";
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
 * Reads a table: of text (see `parseCsv`), also compressed with gzip; of JSON lines (`.jsonl`, `.ndjson`), an object a row;
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
  const ending = extname(path).toLowerCase();
  const format = otherFormats[ending] ?? (isArrayFile(path) ? "idx" : undefined);
  if (format !== undefined) throw new FormatError(say(nodeWords, "table.format", { path, format }));
  try {
    return await withFileErrors("read", path, () => tableIn(path, ending, options));
  } catch (thrown) {
    throw formatErrorIn(path === "-" ? "standard input" : basename(path), thrown);
  }
}

async function tableIn(path: string, ending: string, options: CsvOptions): Promise<Table> {
  if (ending === ".parquet") return readParquet(path, options);
  if (ending === ".jsonl" || ending === ".ndjson") return parseJsonLines(await readFile(path), options);
  return readCsv(await fileSource(path), options);
}
