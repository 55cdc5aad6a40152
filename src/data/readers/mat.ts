/**
 * MATLAB's MAT-file, level 5: a header of 128 bytes, then one tagged element a variable, each perhaps compressed.
 *
 * Source: MathWorks, "MAT-File Format", chapter 1 (Level 5 MAT-File Format).
 */

import type { FloatArray } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { transpose } from "../../array/product.js";
import { closest } from "../../constraint/closest.js";
import { type Said, say, within } from "../../constraint/codedError.js";
import { requireList, requireText } from "../../constraint/kinds.js";
import { FormatError } from "../formatError.js";
import { ByteReader } from "./byteReader.js";
import { inflatedLimit, inflateZlib } from "./inflate.js";
import { type NumberType, readNumbers, sizeOf } from "./numbers.js";
import { type MatKind, readerWords } from "./words.js";

/** Types of data elements that hold numbers, by their number in a tag. */
const storageTypes: ReadonlyMap<number, NumberType> = new Map([
  [1, "int8"],
  [2, "uint8"],
  [3, "int16"],
  [4, "uint16"],
  [5, "int32"],
  [6, "uint32"],
  [7, "float32"],
  [9, "float64"],
  [12, "int64"],
  [13, "uint64"],
]);
const matrixElement = 14;
const compressedElement = 15;

/** Classes of variables that are no arrays of numbers. Classes 6 (double) to 15 (uint64) are. */
const otherClasses: ReadonlyMap<number, MatKind> = new Map<number, MatKind>([
  [1, "cell"],
  [2, "struct"],
  [3, "object"],
  [4, "char"],
  [5, "sparse"],
  [16, "function_handle"],
  [17, "object"],
]);
const singleClass = 7;
const opaqueClass = 17;
const complexFlag = 0x08;
const logicalFlag = 0x02;

/**
 * Reads the numeric variables of a MATLAB MAT-file (version 5 to 7, `save -v7` or older), by name.
 *
 * Two-dimensional real arrays of class double, single (these stay float32), int8 … uint64 and logical (as 0 and 1) become
 * matrices of the same rows and columns. Other variables (text, cells, structs, sparse, complex, more dimensions) are
 * passed over, as are empty ones, unless `names` asks for them: then they are an error.
 *
 * @param bytes the whole file; at most 1 GiB once decompressed
 * @param names the variables wanted. All of them must be in the file and readable. Default: every readable one.
 * @throws FormatError with the place in the file, and what to do with files of version 4 and 7.3
 *
 * Source: MathWorks, "MAT-File Format", Level 5.
 *
 * @example
 * import { parseMat } from "gradproof/mat";
 * // save("x.mat", "x", "-v6") with x = uint8(7), byte by byte:
 * const text = "MATLAB 5.0 MAT-file".padEnd(124);
 * const bytes = new Uint8Array([
 *   ...new TextEncoder().encode(text), 0x00, 0x01, 0x49, 0x4d, // version 1.0, little-endian
 *   14, 0, 0, 0, 48, 0, 0, 0, // a matrix of 48 bytes
 *   6, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, // its class: uint8
 *   5, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, // 1 × 1
 *   1, 0, 1, 0, 0x78, 0, 0, 0, // its name: x
 *   2, 0, 1, 0, 7, 0, 0, 0, // its entry: 7
 * ]);
 * parseMat(bytes).get("x")?.toArray(); // => [[7]]
 */
export function parseMat(bytes: Uint8Array, names?: readonly string[]): Map<string, Matrix> {
  if (names !== undefined) {
    const expected = "an array of names";
    for (const name of Array.from(requireList("parseMat(): names", names, expected))) {
      requireText("parseMat(): names", name, expected);
    }
  }
  const reader = open(bytes);
  const contents = new Map<string, Matrix | Said>();
  let inflated = 0;
  while (reader.left > 0) {
    const start = reader.position;
    let element = readElement(reader);
    if (element.type === compressedElement) {
      const fail = (said: Said): never => reader.fail(said, start);
      const content = inflateZlib(element.data.take(element.data.left, ""), inflatedLimit - inflated, fail);
      inflated += content.length;
      const source = say(readerWords, "mat.compressed", { byte: start });
      element = readElement(new ByteReader(content, source, reader.littleEndian));
    }
    if (element.type !== matrixElement) {
      reader.fail(say(readerWords, "mat.element", { type: element.type }), start);
    }
    const { name, content } = readVariable(element.data, names);
    if (name === "") continue; // MATLAB's own data about objects
    if (contents.has(name)) reader.fail(say(readerWords, "mat.twice", { name }), start);
    contents.set(name, content);
  }
  const variables = new Map<string, Matrix>();
  for (const [name, content] of contents) if (content instanceof Matrix) variables.set(name, content);
  const required = names ?? (variables.size === 0 ? [...contents.keys()] : []);
  for (const name of required) if (!variables.has(name)) throw unreadable(name, contents);
  return variables;
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

interface Element {
  readonly type: number;
  readonly data: ByteReader;
}

/** The next element: a tag of 8 bytes, or of 4 with up to 4 bytes of data behind it, then padding to 8 bytes. */
function readElement(reader: ByteReader): Element {
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

interface Variable {
  readonly name: string;
  /** Its numbers, or what is said where they are wanted and there are none. */
  readonly content: Matrix | Said;
}

function readVariable(reader: ByteReader, names: readonly string[] | undefined): Variable {
  const flags = readFlags(reader);
  if (flags.class === opaqueClass) {
    const name = readName(reader);
    return { name, content: say(readerWords, "mat.kind", { name, kind: "object" }) };
  }
  const shape = readDimensions(reader);
  const name = readName(reader);
  const kind = otherClasses.get(flags.class);
  if (kind !== undefined) return { name, content: say(readerWords, "mat.kind", { name, kind }) };
  if (flags.class < 6 || flags.class > 15) reader.fail(say(readerWords, "mat.class", { name, type: flags.class }));
  if (flags.complex) return { name, content: say(readerWords, "mat.complex", { name }) };
  if (shape.length !== 2) {
    return { name, content: say(readerWords, "mat.array", { name, dimensions: shape.length }) };
  }
  if (names !== undefined && !names.includes(name))
    return { name, content: say(readerWords, "mat.notAsked", { name }) };

  const [rows, columns] = shape;
  if (rows * columns === 0) return { name, content: say(readerWords, "mat.empty", { name, rows, columns }) };
  const values = readValues(reader, name, rows, columns);
  if (flags.logical) for (let i = 0; i < values.length; i++) values[i] = values[i] === 0 ? 0 : 1;
  // MATLAB stores column after column: (columns × rows), row-major, transposed.
  const content = transpose(new Matrix(columns, rows, values));
  return { name, content: content.as(flags.class === singleClass ? "float32" : "float64") };
}

function readFlags(reader: ByteReader): { class: number; complex: boolean; logical: boolean } {
  const { type, data } = readElement(reader);
  if (type !== 6 || data.left !== 8) reader.fail(say(readerWords, "mat.flags"));
  const word = data.uint32("the flags");
  const flags = (word >>> 8) & 0xff;
  return { class: word & 0xff, complex: (flags & complexFlag) !== 0, logical: (flags & logicalFlag) !== 0 };
}

function readDimensions(reader: ByteReader): number[] {
  const { type, data } = readElement(reader);
  if (type !== 5 || data.left < 8 || data.left % 4 !== 0) {
    reader.fail(say(readerWords, "mat.dimensions"));
  }
  const shape: number[] = [];
  while (data.left > 0) shape.push(data.int32("a dimension"));
  if (shape.some((size) => size < 0)) {
    reader.fail(say(readerWords, "mat.negative", { shape: shape.slice(0, 4).join(" × ") }));
  }
  return shape;
}

function readName(reader: ByteReader): string {
  const { type, data } = readElement(reader);
  if (type !== 1) reader.fail(say(readerWords, "mat.name"));
  return data.text(data.left, "the name");
}

/** The numbers of a variable. MATLAB stores them in the smallest type that holds them all, whatever their class. */
function readValues(reader: ByteReader, name: string, rows: number, columns: number): FloatArray {
  const { type, data } = readElement(reader);
  const storage = storageTypes.get(type);
  if (storage === undefined) reader.fail(say(readerWords, "mat.noNumbers", { name }));
  const count = data.left / sizeOf[storage];
  if (count !== rows * columns) {
    reader.fail(say(readerWords, "mat.count", { name, rows, columns, numbers: count }));
  }
  return readNumbers(data, storage, count);
}

function unreadable(name: string, contents: ReadonlyMap<string, Matrix | Said>): FormatError {
  const known = [...contents.keys()];
  const found = contents.get(name);
  const said =
    found === undefined || found instanceof Matrix
      ? say(readerWords, "mat.absent", { name, known, near: closest(name, known) })
      : found;
  return new FormatError(within("MAT-file", said));
}
