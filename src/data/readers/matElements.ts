/**
 * MATLAB's MAT-file, level 5: a header of 128 bytes, then one tagged element a variable, each perhaps compressed.
 *
 * Source: MathWorks, "MAT-File Format", chapter 1 (Level 5 MAT-File Format).
 */
import { type Said, say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import { ByteReader } from "./byteReader.js";
import { inflatedLimit, inflateZlib } from "./inflate.js";
import { readerWords } from "./words.js";

export const matrixElement = 14;
const compressedElement = 15;

/** One variable of a file: its bytes, and an error that names its place. */
export interface VariableElement {
  readonly reader: ByteReader;
  readonly fail: (said: Said) => never;
}

/** The variables of a file in their order, decompressed. */
export function* matElements(bytes: Uint8Array): Generator<VariableElement> {
  const reader = open(bytes);
  let inflated = 0;
  while (reader.left > 0) {
    const start = reader.position;
    const fail = (said: Said): never => reader.fail(said, start);
    let element = readElement(reader);
    if (element.type === compressedElement) {
      const content = inflateZlib(element.data.take(element.data.left, ""), inflatedLimit - inflated, fail);
      inflated += content.length;
      const source = say(readerWords, "mat.compressed", { byte: start });
      element = readElement(new ByteReader(content, source, reader.littleEndian));
    }
    if (element.type !== matrixElement) {
      fail(say(readerWords, "mat.element", { type: element.type }));
    }
    yield { reader: element.data, fail };
  }
}

/** Checks the header and finds the byte order. */
function open(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(bytes, "MAT-file");
  const hdf5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
  if ([0, 512].some((start) => hdf5.every((byte, i) => bytes[start + i] === byte))) {
    throw new FormatError(within("MAT-file", say(readerWords, "mat.version7")));
  }
  const level4 = bytes.length >= 20 && bytes.subarray(0, 4).includes(0);
  if (level4) {
    throw new FormatError(within("MAT-file", say(readerWords, "mat.version4")));
  }
  reader.take(124, "the header");
  const order = reader.bytes.subarray(126, 128);
  reader.littleEndian = order[0] === 0x49; // "IM", the mark "MI" with its bytes swapped
  const version = reader.uint16("the version");
  const mark = reader.uint16("the mark of the byte order");
  if (mark !== 0x4d49 || version !== 0x0100) {
    reader.fail(say(readerWords, "mat.header"), 124);
  }
  return reader;
}

/** A part of a file: what it holds by the number of its type, and its bytes. */
export interface Element {
  readonly type: number;
  readonly data: ByteReader;
}

/** The next element: a tag of 8 bytes, or of 4 with up to 4 bytes of data behind it, then padding to 8 bytes. */
export function readElement(reader: ByteReader): Element {
  const start = reader.position;
  const first = reader.uint32("the tag of an element");
  const shortLength = first >>> 16;
  if (shortLength > 4) reader.fail(say(readerWords, "mat.shortElement", { bytes: shortLength }), start);
  const type = first & 0xffff;
  const length = shortLength > 0 ? shortLength : reader.uint32("the length of an element");
  const data = reader.part(length, "an element");
  const padding = shortLength > 0 ? 4 - length : type === compressedElement ? 0 : -length & 7;
  reader.take(Math.min(padding, reader.left), "padding");
  return { type, data };
}
