/**
 * The header of a safetensors file. JSON.parse would do but for three things: it keeps the last of two entries of one
 * name without a word, it builds whatever a hostile header nests, and it makes objects with keys such as `__proto__`. So
 * exactly this grammar is read, front to back, into maps.
 */
import { type Said, say, within } from "../constraint/codedError.js";
import { FormatError } from "../data/formatError.js";
import { formatsWords } from "./words.js";

/** Types of tensors that are read, with the bytes a number takes. */
export const bytesOf = { F64: 8, F32: 4, F16: 2, BF16: 2 } as const;

export type TensorType = keyof typeof bytesOf;

/** Key of the texts among the tensors. */
export const metadataKey = "__metadata__";

/** What the header says of a tensor. */
export interface TensorDescription {
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  /** First byte of its numbers, counted from the end of the header. */
  readonly begin: number;
  /** First byte behind them. */
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly descriptions: ReadonlyMap<string, TensorDescription>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Parses the header; whether its offsets fit the file is for the caller to check. */
export function parseHeader(bytes: Uint8Array): SafetensorsHeader {
  const cursor = new Cursor(decode(bytes));
  const descriptions = new Map<string, TensorDescription>();
  const metadata = new Map<string, string>();
  cursor.object((name) => {
    if (name === metadataKey) cursor.object((key) => metadata.set(key, cursor.text()));
    else descriptions.set(name, readDescription(cursor));
  });
  cursor.end();
  return { descriptions, metadata };
}

function readDescription(cursor: Cursor): TensorDescription {
  let dtype: TensorType | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  cursor.object((key) => {
    if (key === "dtype") dtype = requireType(cursor);
    else if (key === "shape") shape = cursor.wholeNumbers();
    else if (key === "data_offsets") offsets = cursor.wholeNumbers();
    else cursor.fail(say(formatsWords, "safetensors.key", { key }));
  });
  if (dtype === undefined || shape === undefined || offsets?.length !== 2) {
    return cursor.fail(say(formatsWords, "safetensors.keys"));
  }
  return { dtype, shape, begin: offsets[0], end: offsets[1] };
}

function requireType(cursor: Cursor): TensorType {
  const text = cursor.text();
  if (text === "F64" || text === "F32" || text === "F16" || text === "BF16") return text;
  return cursor.fail(say(formatsWords, "safetensors.dtype", { dtype: text }));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError(within("safetensors", say(formatsWords, "safetensors.utf8")));
  }
}

/** Reads JSON token by token. */
class Cursor {
  private readonly source: string;
  private position = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Reads an object, calling `readValue` where the value of each key begins. No key may occur twice. */
  object(readValue: (key: string) => void): void {
    const keys = new Set<string>();
    this.expect("{");
    if (this.skip("}")) return;
    do {
      const key = this.text();
      if (keys.has(key)) this.fail(say(formatsWords, "safetensors.twice", { name: key }));
      keys.add(key);
      this.expect(":");
      readValue(key);
    } while (this.skip(","));
    this.expect("}");
  }

  wholeNumbers(): number[] {
    const numbers: number[] = [];
    this.expect("[");
    if (this.skip("]")) return numbers;
    do {
      numbers.push(this.wholeNumber());
    } while (this.skip(","));
    this.expect("]");
    return numbers;
  }

  text(): string {
    this.expect('"');
    const start = this.position - 1;
    let end = this.position;
    while (end < this.source.length && this.source[end] !== '"') end += this.source[end] === "\\" ? 2 : 1;
    this.position = end + 1;
    try {
      return String(JSON.parse(this.source.slice(start, this.position)));
    } catch {
      this.position = start;
      return this.fail(say(formatsWords, "safetensors.text"));
    }
  }

  /** Requires that nothing but blanks is left. */
  end(): void {
    this.skipBlanks();
    if (this.position < this.source.length) this.fail(say(formatsWords, "safetensors.more"));
  }

  fail(said: Said): never {
    const place = say(formatsWords, "safetensors.character", { character: this.position });
    throw new FormatError(within("safetensors", within(place, said)));
  }

  private wholeNumber(): number {
    this.skipBlanks();
    // Up to 15 digits are exact in float64, and more than any file has bytes.
    const pattern = /(?:0|[1-9]\d{0,14})(?![\d.eE])/y;
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.source);
    if (match === null) return this.fail(say(formatsWords, "safetensors.number"));
    this.position += match[0].length;
    return Number(match[0]);
  }

  private expect(character: string): void {
    if (!this.skip(character)) this.fail(say(formatsWords, "safetensors.expected", { expected: character }));
  }

  private skip(character: string): boolean {
    this.skipBlanks();
    if (this.source[this.position] !== character) return false;
    this.position++;
    return true;
  }

  private skipBlanks(): void {
    while (" \n\r\t".includes(this.source[this.position] ?? "x")) this.position++;
  }
}
