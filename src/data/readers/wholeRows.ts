import { behind, merged, type Start } from "./csvRows.js";
import { type CsvScanner, incomplete } from "./csvScanner.js";
import { type ByteSource, joined } from "./textSource.js";

/** Bytes of rows that end in it. */
export interface RowBytes {
  readonly bytes: Uint8Array;
  /** The line the first of them begins on, from 1. */
  readonly line: number;
  /** Share of the file that has been read, 0 … 1. */
  readonly share: number;
}

const lineEnd = Uint8Array.of(0x0a);

/**
 * A text in UTF-8 as parts of whole rows, about one for each piece of the source.
 *
 * @param above rows before the first of data: the first part has more than these, if the file has
 */
export function* wholeRows(source: ByteSource, start: Start, scanner: CsvScanner, above: number): Generator<RowBytes> {
  let rest: Uint8Array = new Uint8Array(0);
  let { line } = start;
  let done = start.offset;
  let rows = 0;
  const share = (): number => Math.min(1, done / source.size);
  for (const piece of merged(behind(source.pieces(), start.offset), () => rest.length)) {
    const end = rest.length + piece.length;
    const bytes = joined([rest, piece, lineEnd], end + 1);
    let from = 0;
    let lines = 0;
    while (from < end) {
      const next = scanner.row(bytes, from, end, false);
      if (next === incomplete) break;
      // Whoever reads the rows finds what is wrong with this one.
      if (next < 0) return yield { bytes: bytes.subarray(0, end), line, share: share() };
      from = next;
      lines += scanner.lines;
      rows++;
    }
    if (rows <= above) {
      rest = bytes.slice(0, end);
      rows = 0;
      continue;
    }
    done += from;
    if (from > 0) yield { bytes: bytes.subarray(0, from), line, share: share() };
    line += lines;
    rest = bytes.slice(from, end);
  }
  if (rest.length > 0) yield { bytes: rest, line, share: 1 };
}
