import { say, within } from "../../constraint/codedError.js";
import { requireBytes } from "../../constraint/kinds.js";
import { FormatError } from "../formatError.js";
import type { TextEncoding } from "../reading.js";
import { csvWords } from "./csvWords.js";

/**
 * The bytes of a file in pieces, as often as they are asked for: no file need be in memory as a whole. A piece is good until
 * the next one is asked for.
 */
export interface ByteSource {
  /** Bytes of all pieces together. */
  readonly size: number;
  readonly pieces: () => Iterable<Uint8Array>;
}

/** Characters, or bytes, of a piece of what is in memory. */
const pieceLength = 1 << 20;

/** A text, or the bytes of a file, as a source. */
export function sourceOf(file: string | Uint8Array): ByteSource {
  if (typeof file === "string") return sourceOfText(file);
  requireBytes("a CSV file that is no text", file);
  return sourceOfBytes(file);
}

function sourceOfBytes(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    *pieces() {
      for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
    },
  };
}

/** In UTF-8; its size is that of ASCII, by which progress is shown. */
function sourceOfText(text: string): ByteSource {
  return {
    size: text.length,
    *pieces() {
      const encoder = new TextEncoder();
      for (let at = 0; at < text.length; ) {
        const end = at + pieceLength;
        const splits = end < text.length && isHighSurrogate(text.charCodeAt(end - 1));
        yield encoder.encode(text.slice(at, splits ? end - 1 : end));
        at = splits ? end - 1 : end;
      }
    },
  };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

/** The first bytes of a source: all, or at least `length`. */
export function headOf(source: ByteSource, length: number): { readonly bytes: Uint8Array; readonly isAll: boolean } {
  const pieces: Uint8Array[] = [];
  let total = 0;
  let isAll = true;
  for (const piece of source.pieces()) {
    if (total >= length) {
      isAll = false;
      break;
    }
    pieces.push(piece.slice());
    total += piece.length;
  }
  if (pieces.length === 1) return { bytes: pieces[0], isAll };
  return { bytes: joined(pieces, total), isAll };
}

/** Pieces as one. */
export function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * How the text of a file is encoded, as far as its first bytes say: by a byte order mark, or as UTF-16 by its zeros. Whether
 * UTF-8 is right shows where it is decoded.
 */
export function encodingOf(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const length = Math.min(head.length, 4096) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1]++;
  // Delimiters, digits and line ends are ASCII: of a table in any script, a good part of every other byte is zero.
  const half = length / 2;
  if (length >= 4 && zeros[1] > half * 0.3 && zeros[0] < half * 0.05) return "utf-16le";
  if (length >= 4 && zeros[0] > half * 0.3 && zeros[1] < half * 0.05) return "utf-16be";
  return "utf-8";
}

/**
 * The encoding of a file that is not UTF-8: GB18030 where its bytes are pairs as Chinese text has them, else Windows-1252.
 * Undefined where it is no text at all: no text has control characters.
 */
export function legacyEncodingOf(source: ByteSource): TextEncoding | undefined {
  const decoder = new TextDecoder("gb18030", { fatal: true });
  let isChinese = true;
  let lead = 0;
  let [common, pairs] = [0, 0];
  for (const piece of source.pieces()) {
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i];
      if (lead !== 0) {
        pairs++;
        // Punctuation, and the 3,755 characters that GB 2312 put first because they are the common ones.
        if (byte >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))) common++;
        lead = 0;
      } else if (byte >= 0x80) lead = byte;
      else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d) return undefined;
    }
    if (isChinese) isChinese = decodes(decoder, piece);
  }
  return isChinese && common * 3 >= pairs * 2 ? "gb18030" : "windows-1252";
}

/** Whether bytes are UTF-8 but for a slip: of those that are no ASCII, nine in ten make characters of it. */
export function isMostlyUtf8(source: ByteSource): boolean {
  const decoder = new TextDecoder("utf-8");
  let [characters, slips] = [0, 0];
  for (const piece of source.pieces()) {
    for (const character of decoder.decode(piece, { stream: true })) {
      if (character === "\ufffd") slips++;
      else if (character > "\x7f") characters++;
    }
  }
  return characters >= 9 * slips;
}

function decodes(decoder: TextDecoder, piece: Uint8Array): boolean {
  try {
    decoder.decode(piece, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The same text in UTF-8, without a byte order mark. */
export function inUtf8(source: ByteSource, encoding: TextEncoding): ByteSource {
  return {
    size: source.size,
    *pieces() {
      if (encoding === "utf-8") yield* withoutMark(source.pieces());
      else yield* transcoded(source.pieces(), encoding);
    },
  };
}

function* withoutMark(pieces: Iterable<Uint8Array>): Iterable<Uint8Array> {
  let isFirst = true;
  for (const piece of pieces) {
    yield isFirst && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? piece.subarray(3) : piece;
    isFirst = false;
  }
}

function* transcoded(pieces: Iterable<Uint8Array>, encoding: TextEncoding): Iterable<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  let lines = 1;
  const decoded = (piece?: Uint8Array): Uint8Array => {
    try {
      const text = piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
      return encoder.encode(text);
    } catch {
      throw notValid(lines, encoding);
    }
  };
  for (const piece of pieces) {
    const bytes = decoded(piece);
    yield bytes;
    for (const byte of bytes) if (byte === 0x0a) lines++;
  }
  yield decoded();
}

/** A file that is not in the encoding that it was said, or seems, to have. */
export function notValid(line: number, encoding: TextEncoding): FormatError {
  return new FormatError(within("CSV", say(csvWords, "csv.encoding", { line, encoding: encoding.toUpperCase() })));
}
