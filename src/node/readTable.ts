import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { requireText } from "../constraint/kinds.js";
import { FormatError } from "../data/formatError.js";
import { type CsvOptions, parseCsv } from "../data/readers/csv.js";
import type { Table } from "../data/table.js";
import { withFileErrors } from "./fileError.js";
import { isArrayFile } from "./readArrays.js";

/** Formats of tables and arrays that are not CSV, by what to do with them. */
const otherFormats: Readonly<Record<string, string>> = {
  ".npy": 'NumPy arrays are read with parseNpy of "gradproof/npy"',
  ".npz": 'NumPy archives are read with parseNpz of "gradproof/npy"',
  ".mat": 'MATLAB files are read with parseMat of "gradproof/mat"',
  ".parquet": "save it as CSV first",
  ".xlsx": "save the sheet as CSV first",
  ".xls": "save the sheet as CSV first",
  ".json": "save it as CSV first",
};

/**
 * Reads a table from a CSV file (see `parseCsv`).
 *
 * @throws FileError where the file cannot be read, FormatError where it is no table; both name the file
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
  const idx = isArrayFile(path) ? 'IDX files are read with parseIdx of "gradproof/idx"' : undefined;
  const advice = otherFormats[extname(path).toLowerCase()] ?? idx;
  if (advice !== undefined) throw new FormatError(`${path} is no CSV file; ${advice}`);
  const bytes = await withFileErrors("read", path, () => readFile(path));
  try {
    return parseCsv(bytes, options);
  } catch (thrown) {
    throw thrown instanceof FormatError
      ? new FormatError(`${basename(path)}: ${thrown.message}`, { cause: thrown })
      : thrown;
  }
}
