import { say } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import type { Table } from "../table.js";
import type { CsvOptions } from "./csvOptions.js";
import { type TableRecord, tableOfRecords } from "./recordTable.js";
import { recordWords } from "./recordWords.js";

/**
 * Reads JSON lines, an object a row, or one array of objects into a table; see {@link tableOfRecords}.
 *
 * @throws FormatError naming the line or the entry that is no object
 */
export function parseJsonLines(bytes: Uint8Array, options: CsvOptions): Table {
  const text = new TextDecoder().decode(bytes);
  if (/^\s*\[/.test(text)) return tableOfRecords(recordsIn(text), options);
  const lines = text.split(/\r?\n/);
  const records = lines.flatMap((text, i) => (text.trim() === "" ? [] : [recordIn(text, i + 1)]));
  return tableOfRecords(records, options);
}

function recordIn(text: string, line: number): TableRecord {
  const value = parsed(text, line);
  if (isRecord(value)) return { ...value };
  throw new FormatError(say(recordWords, "records.object", { line }));
}

/** The records of a text that is one array. */
function recordsIn(text: string): TableRecord[] {
  const values = parsed(text, 1);
  if (!Array.isArray(values)) throw new FormatError(say(recordWords, "records.object", { line: 1 }));
  const wrong = values.findIndex((value) => !isRecord(value));
  if (wrong >= 0) throw new FormatError(say(recordWords, "records.entry", { entry: wrong + 1 }));
  return values;
}

function parsed(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new FormatError(say(recordWords, "records.json", { line, reason: reason.slice(0, 100) }));
  }
}

const isRecord = (value: unknown): value is TableRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);
