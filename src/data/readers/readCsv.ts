import { say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import type { TextEncoding } from "../reading.js";
import type { Table } from "../table.js";
import { NotUtf8 } from "./cellText.js";
import { type MissingMarks, missingMarks } from "./columns/missingMarks.js";
import { type CsvDialect, dialectOf } from "./csvDialect.js";
import { headerOf } from "./csvHeader.js";
import type { CsvOptions } from "./csvOptions.js";
import { forEachRow, type Head } from "./csvRows.js";
import { CsvScanner } from "./csvScanner.js";
import { CsvTable } from "./csvTable.js";
import { csvWords } from "./csvWords.js";
import {
  type ByteSource,
  encodingOf,
  headOf,
  inUtf8,
  isMostlyUtf8,
  joined,
  legacyEncodingOf,
  notValid,
} from "./textSource.js";

/** Bytes that the dialect, and the kinds of columns at first, are read off. */
const headLength = 1 << 20;

/** Reads a table from a source of bytes; see `parseCsv`. */
export function readCsv(source: ByteSource, options: CsvOptions): Table {
  const encoding = firstEncoding(source, options);
  try {
    return readEncoded(source, encoding, options);
  } catch (thrown) {
    if (!(thrown instanceof NotUtf8)) throw thrown;
    if (options.encoding !== undefined || isMostlyUtf8(source)) throw notValid(thrown.line, encoding);
    return readEncoded(source, legacyEncoding(source), options);
  }
}

/** The encoding of a source, of which all bytes are looked at where no option says it. */
export function settledEncoding(source: ByteSource, options: CsvOptions): TextEncoding {
  const encoding = firstEncoding(source, options);
  return options.encoding !== undefined || encoding !== "utf-8" || isUtf8(source) || isMostlyUtf8(source)
    ? encoding
    : legacyEncoding(source);
}

/** What an option or the first bytes say. */
function firstEncoding(source: ByteSource, options: CsvOptions): TextEncoding {
  const head = headOf(source, 4096).bytes;
  const encoding = options.encoding ?? encodingOf(head);
  if (encoding === "utf-8" && head.includes(0)) throw noText(head);
  return encoding;
}

function isUtf8(source: ByteSource): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (const piece of source.pieces()) decoder.decode(piece, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function legacyEncoding(source: ByteSource): TextEncoding {
  const legacy = legacyEncodingOf(source);
  if (legacy === undefined) throw noText(headOf(source, 4).bytes);
  return legacy;
}

function readEncoded(file: ByteSource, encoding: TextEncoding, options: CsvOptions): Table {
  const source = inUtf8(file, encoding);
  const missing = missingMarks(options);
  const dialect = dialectIn(source, missing, options);
  return new CsvTable(source, encoding, dialect, headerOf(dialect, missing, options), missing, options).read();
}

/** How a file in UTF-8 is cut into rows, one at least. */
export function dialectIn(source: ByteSource, missing: MissingMarks, options: CsvOptions): CsvDialect {
  for (let length = headLength; ; length *= 4) {
    const head = withLineEnd(headOf(source, length));
    if (isArff(head.bytes)) throw new FormatError(within("CSV", say(csvWords, "csv.arff")));
    const dialect = dialectOf(head, options.delimiter, missing);
    if (dialect.rows.length > 0) return dialect;
    if (!head.isAll) continue;
    // Whatever keeps the first row from being one says so by itself.
    forEachRow(source, dialect.start, new CsvScanner(dialect.delimiter, dialect.quote), () => {});
    throw new FormatError(within("CSV", say(csvWords, "csv.empty")));
  }
}

/** Whether a file begins, behind remarks, as Weka's do. */
function isArff(head: Uint8Array): boolean {
  return /^(?:\s*%[^\n]*\n)*\s*@relation\s/i.test(new TextDecoder().decode(head));
}

function noText(head: Uint8Array): FormatError {
  const magic = String.fromCharCode(...head.subarray(0, 4));
  // The first bytes of zip archives, which newer workbooks are, and of older ones.
  const isArchive = magic.startsWith("PK") || magic === "\xd0\xcf\x11\xe0";
  const id = isArchive ? "csv.workbook" : magic === "PAR1" ? "csv.parquet" : "csv.binary";
  return new FormatError(within("CSV", say(csvWords, id)));
}

function withLineEnd({ bytes, isAll }: Head): Head {
  return { bytes: joined([bytes, Uint8Array.of(0x0a)], bytes.length + 1), isAll };
}
