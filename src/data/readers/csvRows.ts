import { say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import { cellText, NotUtf8 } from "./cellText.js";
import { bare, type CsvScanner, incomplete, openQuote, strayQuote } from "./csvScanner.js";
import { csvWords } from "./csvWords.js";
import { type ByteSource, joined } from "./textSource.js";

/** Called for each row whose cells the scanner has cut, with the line it begins on, from 1, and the share of the file so far. */
export type VisitRow = (bytes: Uint8Array, line: number, share: number) => void;

/** Where in a file its rows begin, behind lines that are none. */
export interface Start {
  readonly offset: number;
  /** The number of the line there, from 1. */
  readonly line: number;
}

/** Visits every row of a text in UTF-8, blank lines left out; it is read piece by piece. */
export function forEachRow(source: ByteSource, start: Start, scanner: CsvScanner, visit: VisitRow): void {
  let buffer: Uint8Array = new Uint8Array(0);
  let left = 0; // bytes of a row that has not ended yet, at the start of the buffer
  let done = start.offset;
  let { line } = start;
  const cut = (end: number, isLast: boolean): number => {
    let from = 0;
    while (from < end) {
      const next = scanner.row(buffer, from, end, isLast);
      if (next === incomplete) break;
      if (next < 0) throw quoteError(next, line);
      if (!isBlankLine(scanner)) visit(buffer, line, Math.min(1, (done + next) / source.size));
      line += scanner.lines;
      from = next;
    }
    return from;
  };
  for (const piece of merged(behind(source.pieces(), start.offset), () => left)) {
    const end = left + piece.length;
    if (buffer.length <= end) buffer = withRoom(buffer, left, end + 1);
    buffer.set(piece, left);
    buffer[end] = 0x0a;
    const from = cut(end, false);
    done += from;
    buffer.copyWithin(0, from, end);
    left = end - from;
  }
  if (buffer.length <= left) buffer = withRoom(buffer, left, left + 1);
  buffer[left] = 0x0a;
  cut(left, true);
}

/** Pieces without the first bytes. */
function* behind(pieces: Iterable<Uint8Array>, offset: number): Iterable<Uint8Array> {
  let left = offset;
  for (const piece of pieces) {
    if (left < piece.length) yield left === 0 ? piece : piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}

/** Pieces at least as long as what is left over, so that a row of any length is looked at a few times only. */
function* merged(pieces: Iterable<Uint8Array>, left: () => number): Iterable<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    length += piece.length;
    if (length < left()) {
      waiting.push(piece.slice());
      continue;
    }
    yield waiting.length === 0 ? piece : joined([...waiting, piece], length);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield joined(waiting, length);
}

function withRoom(buffer: Uint8Array, used: number, length: number): Uint8Array {
  const larger = new Uint8Array(Math.ceil(length * 1.25));
  larger.set(buffer.subarray(0, used));
  return larger;
}

function isBlankLine({ count, starts, ends, forms }: CsvScanner): boolean {
  return count === 1 && starts[0] === ends[0] && forms[0] === bare;
}

/** The cells of the row that was cut last, as texts. */
function textsOf({ count, starts, ends, forms, quote }: CsvScanner, bytes: Uint8Array, line: number): string[] {
  try {
    return Array.from({ length: count }, (_, j) => cellText(bytes, starts[j], ends[j], forms[j], quote));
  } catch (thrown) {
    throw thrown instanceof NotUtf8 ? new NotUtf8(line) : thrown;
  }
}

function quoteError(fault: number, line: number): FormatError {
  const id = fault === openQuote ? "csv.openQuote" : "csv.quote";
  return new FormatError(within("CSV", say(csvWords, id, { line })));
}

/** A row of the head of a file. */
export interface HeadRow {
  readonly cells: readonly string[];
  readonly quoted: readonly boolean[];
  readonly line: number;
  /** Bytes that it takes. */
  readonly length: number;
}

/** The first bytes of a file, and a line end behind them. */
export interface Head {
  readonly bytes: Uint8Array;
  readonly isAll: boolean;
}

/** Rows of the head of a file as texts; it ends before a row that is not whole, or that its quotes make unreadable. */
export function rowsOf({ bytes, isAll }: Head, start: Start, scanner: CsvScanner, most: number): HeadRow[] {
  const end = bytes.length - 1;
  const rows: HeadRow[] = [];
  let { line } = start;
  for (let from = start.offset; from < end && rows.length < most; ) {
    const next = scanner.row(bytes, from, end, isAll);
    if (next === incomplete || next === strayQuote || next === openQuote) break;
    if (!isBlankLine(scanner)) {
      const quoted = Array.from(scanner.forms.subarray(0, scanner.count), (form) => form !== bare);
      rows.push({ cells: textsOf(scanner, bytes, line), quoted, line, length: next - from });
    }
    line += scanner.lines;
    from = next;
  }
  return rows;
}
