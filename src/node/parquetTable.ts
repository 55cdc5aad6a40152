import { readFile } from "node:fs/promises";
import { say } from "../constraint/codedError.js";
import { FormatError } from "../data/formatError.js";
import type { CsvOptions } from "../data/readers/csvOptions.js";
import { type TableRecord, tableOfRecords } from "../data/readers/recordTable.js";
import type { Table } from "../data/table.js";
import { nodeWords } from "./words.js";

/** What of the package hyparquet is used here. */
interface Hyparquet {
  parquetReadObjects(options: { readonly file: ArrayBuffer }): Promise<readonly TableRecord[]>;
}

/**
 * Reads a Parquet file by the optional package hyparquet.
 *
 * @throws FormatError where the package is not there, or cannot read the file
 */
export async function readParquet(path: string, options: CsvOptions): Promise<Table> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  const { parquetReadObjects } = await hyparquet();
  let records: readonly TableRecord[];
  try {
    records = await parquetReadObjects({ file: new Uint8Array(buffer, byteOffset, byteLength).slice().buffer });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new FormatError(say(nodeWords, "table.parquet", { reason }), { cause: thrown });
  }
  return tableOfRecords(records, options);
}

async function hyparquet(): Promise<Hyparquet> {
  // A name that no bundler follows: the package need not be there.
  const name = "hyparquet";
  try {
    return (await import(name)) as Hyparquet;
  } catch (thrown) {
    throw new FormatError(say(nodeWords, "table.hyparquet"), { cause: thrown });
  }
}
