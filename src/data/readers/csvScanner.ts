import type { Delimiter } from "../reading.js";

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const BLANK = 32;

/** What a row may end in beside its cells. */
export const incomplete = -1;
export const strayQuote = -2;
export const openQuote = -3;

/** What encloses cells that hold delimiters. */
export type Quote = '"' | "'";

/** How a cell is written: bare, in quotes, or in quotes with doubled ones inside. */
export const bare = 0;
export const inQuotes = 1;
export const doubledQuotes = 2;

/**
 * Cuts bytes of UTF-8 into rows and cells, in place: a cell is where it starts and ends. Quotes are RFC 4180's; lines end in
 * `\n`, `\r\n` or `\r`; blanks around a cell do not count.
 */
export class CsvScanner {
  /** Cells of the last row. */
  count = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** How each is written. */
  forms = new Uint8Array(64);
  /** Line ends that the last row took, its own among them. */
  lines = 0;
  readonly quote: number;
  private readonly delimiter: number;
  private readonly isBlanks: boolean;
  /** 1 where a bare cell may end. */
  private readonly stops = new Uint8Array(256);

  constructor(delimiter: Delimiter, quote: Quote) {
    this.delimiter = delimiter.charCodeAt(0);
    this.quote = quote.charCodeAt(0);
    this.isBlanks = delimiter === " ";
    for (const stop of [this.delimiter, NEWLINE, RETURN]) this.stops[stop] = 1;
    if (this.isBlanks) this.stops[TAB] = 1;
    // A stray apostrophe is part of a word.
    if (quote === '"') this.stops[this.quote] = 1;
  }

  /**
   * Cuts the row that begins at `from`.
   *
   * @param bytes with a line end at `end`, which stops the search there
   * @param isLast whether the file ends at `end`
   * @returns where the next row begins; or why there is none: incomplete, strayQuote, openQuote
   */
  row(bytes: Uint8Array, from: number, end: number, isLast: boolean): number {
    const { delimiter, quote, stops, isBlanks } = this;
    this.count = 0;
    this.lines = 1;
    let i = from;
    for (;;) {
      while (bytes[i] === BLANK || (bytes[i] === TAB && (delimiter !== TAB || isBlanks))) i++;
      // A row of blanks ends with its last cell, not with an empty one behind the last blank.
      if (isBlanks && this.count > 0 && i <= end && (i === end || bytes[i] === NEWLINE || bytes[i] === RETURN)) {
        return this.ended(bytes, i, end, isLast);
      }
      const start = i;
      if (bytes[i] === quote && i < end) {
        const closing = this.quoted(bytes, i + 1, end);
        if (closing === end) return isLast ? openQuote : incomplete;
        i = closing + 1;
        while (bytes[i] === BLANK || (bytes[i] === TAB && delimiter !== TAB)) i++;
        const next = bytes[i];
        const isCut = isBlanks && i > closing + 1;
        if (i < end && !isCut && next !== delimiter && next !== NEWLINE && next !== RETURN) {
          return strayQuote;
        }
        this.forms[this.count - 1] = this.hasDoubled ? doubledQuotes : inQuotes;
        if (isCut) continue;
      } else {
        while (stops[bytes[i]] === 0) i++;
        if (i < end && bytes[i] === quote && quote === 0x22) return strayQuote;
        let last = i;
        while (last > start && (bytes[last - 1] === BLANK || bytes[last - 1] === TAB)) last--;
        this.push(start, last, bare);
      }
      if (i >= end || bytes[i] === NEWLINE || bytes[i] === RETURN) return this.ended(bytes, i, end, isLast);
      i++;
    }
  }

  private hasDoubled = false;

  /** Takes the cell that begins behind a quote; returns where its closing quote is, or `end`. */
  private quoted(bytes: Uint8Array, start: number, end: number): number {
    const { quote } = this;
    this.hasDoubled = false;
    for (let i = start; i < end; i++) {
      const byte = bytes[i];
      if (byte === quote) {
        if (bytes[i + 1] !== quote || i + 1 >= end) {
          this.push(start, i, inQuotes);
          return i;
        }
        this.hasDoubled = true;
        i++;
      } else if (byte === NEWLINE || (byte === RETURN && bytes[i + 1] !== NEWLINE)) this.lines++;
    }
    return end;
  }

  /** Where the next row begins, behind the line end at `i`. */
  private ended(bytes: Uint8Array, i: number, end: number, isLast: boolean): number {
    if (i >= end) return isLast ? end : incomplete;
    if (bytes[i] === NEWLINE) return i + 1;
    if (i + 1 >= end) return isLast ? end : incomplete;
    return bytes[i + 1] === NEWLINE ? i + 2 : i + 1;
  }

  private push(start: number, end: number, form: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts, new Int32Array(this.count * 2));
      this.ends = grown(this.ends, new Int32Array(this.count * 2));
      this.forms = grown(this.forms, new Uint8Array(this.count * 2));
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.forms[this.count++] = form;
  }
}

function grown<A extends Int32Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
