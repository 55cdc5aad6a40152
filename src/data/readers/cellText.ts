import { doubledQuotes } from "./csvScanner.js";

/** Thrown where bytes are no UTF-8, of a line from 1. */
export class NotUtf8 extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} is not UTF-8`);
    this.line = line;
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The text of a cell, without blanks around it.
 *
 * @param form how the cell is written
 * @throws NotUtf8
 */
export function cellText(bytes: Uint8Array, start: number, end: number, form: number, quote: number): string {
  let text = "";
  // Most cells are short and of ASCII, for which a decoder takes far longer.
  for (let i = start; i < end; i++) {
    if (bytes[i] >= 0x80 || i - start > 64) {
      text = decoded(bytes.subarray(start, end));
      break;
    }
    text += String.fromCharCode(bytes[i]);
  }
  if (form === doubledQuotes) {
    const mark = String.fromCharCode(quote);
    text = text.replaceAll(mark + mark, mark);
  }
  return text.trim();
}

function decoded(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new NotUtf8(1);
  }
}
