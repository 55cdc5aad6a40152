import { say } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import type { Table } from "../table.js";
import type { CsvOptions } from "./csvOptions.js";
import { type TableRecord, tableOfRecords } from "./recordTable.js";
import { recordWords } from "./recordWords.js";

/**
 * Reads JSON lines, an object a row, into a table; see {@link tableOfRecords}.
 *
 * @throws FormatError naming the line that is no object
 */
export function parseJsonLines(bytes: Uint8Array, options: CsvOptions): Table {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const records = lines.flatMap((text, i) => (text.trim() === "" ? [] : [recordIn(text, i + 1)]));
  return tableOfRecords(records, options);
}

function recordIn(text: string, line: number): TableRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new FormatError(say(recordWords, "records.json", { line, reason: reason.slice(0, 100) }));
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new FormatError(say(recordWords, "records.object", { line }));
}
