/**
 * MATLAB's MAT-file, level 5: a header of 128 bytes, then one tagged element a variable, each perhaps compressed.
 *
 * Source: MathWorks, "MAT-File Format", chapter 1 (Level 5 MAT-File Format).
 */

import type { FloatArray } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { transpose } from "../../array/product.js";
import { closest } from "../../constraint/closest.js";
import { requireList, requireText } from "../../constraint/kinds.js";
import { FormatError } from "../formatError.js";
import { quoted, quotedList } from "../quoted.js";
import { ByteReader } from "./byteReader.js";
import { inflatedLimit, inflateZlib } from "./inflate.js";
import { type NumberType, readNumbers, sizeOf } from "./numbers.js";

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
const otherClasses: ReadonlyMap<number, string> = new Map([
  [1, "a cell array"],
  [2, "a struct"],
  [3, "an object"],
  [4, "text"],
  [5, "a sparse matrix"],
  [16, "a function handle"],
  [17, "an object"],
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
  const contents = new Map<string, Matrix | string>();
  let inflated = 0;
  while (reader.left > 0) {
    const start = reader.position;
    let element = readElement(reader);
    if (element.type === compressedElement) {
      const fail = (message: string): never => reader.fail(message, start);
      const content = inflateZlib(element.data.take(element.data.left, ""), inflatedLimit - inflated, fail);
      inflated += content.length;
      const source = `MAT-file, inside the compressed element at byte ${start}`;
      element = readElement(new ByteReader(content, source, reader.littleEndian));
    }
    if (element.type !== matrixElement) {
      reader.fail(`expected a variable, got an element of type ${element.type}; the file is damaged`, start);
    }
    const { name, content } = readVariable(element.data, names);
    if (name === "") continue; // MATLAB's own data about objects
    if (contents.has(name)) reader.fail(`two variables are named ${quoted(name)}`, start);
    contents.set(name, content);
  }
  const variables = new Map<string, Matrix>();
  for (const [name, content] of contents) if (typeof content !== "string") variables.set(name, content);
  const required = names ?? (variables.size === 0 ? [...contents.keys()] : []);
  for (const name of required) if (!variables.has(name)) throw unreadable(name, contents);
  return variables;
}

/** Checks the header and finds the byte order. */
function open(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(bytes, "MAT-file");
  const hdf5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
  if ([0, 512].some((start) => hdf5.every((byte, i) => bytes[start + i] === byte))) {
    throw new FormatError("MAT-file: version 7.3 (HDF5) is not supported; save it again with save(…, '-v7')");
  }
  const level4 = bytes.length >= 20 && bytes.subarray(0, 4).includes(0);
  if (level4) {
    throw new FormatError(
      "MAT-file: version 4, or no MAT-file at all; if it is one, save it again with save(…, '-v7')",
    );
  }
  reader.take(124, "the header");
  const order = reader.bytes.subarray(126, 128);
  reader.littleEndian = order[0] === 0x49; // "IM", the mark "MI" with its bytes swapped
  const version = reader.uint16("the version");
  const mark = reader.uint16("the mark of the byte order");
  if (mark !== 0x4d49 || version !== 0x0100) {
    reader.fail("expected version 1.0 and the mark MI or IM; this is no MAT-file of version 5 to 7", 124);
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
  if (shortLength > 4) reader.fail(`a short element holds at most 4 bytes, not ${shortLength}`, start);
  const type = first & 0xffff;
  const length = shortLength > 0 ? shortLength : reader.uint32("the length of an element");
  const data = reader.part(length, "an element");
  const padding = shortLength > 0 ? 4 - length : type === compressedElement ? 0 : -length & 7;
  reader.take(Math.min(padding, reader.left), "padding");
  return { type, data };
}

interface Variable {
  readonly name: string;
  /** Its numbers, or what it is instead. */
  readonly content: Matrix | string;
}

function readVariable(reader: ByteReader, names: readonly string[] | undefined): Variable {
  const flags = readFlags(reader);
  if (flags.class === opaqueClass) return { name: readName(reader), content: "an object" };
  const shape = readDimensions(reader);
  const name = readName(reader);
  const other = otherClasses.get(flags.class);
  if (other !== undefined) return { name, content: other };
  if (flags.class < 6 || flags.class > 15)
    reader.fail(`variable ${quoted(name)} is of the unknown class ${flags.class}`);
  if (flags.complex) return { name, content: "complex numbers" };
  if (shape.length !== 2) return { name, content: `an array of ${shape.length} dimensions` };
  if (names !== undefined && !names.includes(name)) return { name, content: "not asked for" };

  const [rows, columns] = shape;
  if (rows * columns === 0) return { name, content: `an empty array, ${rows} × ${columns}` };
  const values = readValues(reader, name, rows, columns);
  if (flags.logical) for (let i = 0; i < values.length; i++) values[i] = values[i] === 0 ? 0 : 1;
  // MATLAB stores column after column: (columns × rows), row-major, transposed.
  const content = transpose(new Matrix(columns, rows, values));
  return { name, content: content.as(flags.class === singleClass ? "float32" : "float64") };
}

function readFlags(reader: ByteReader): { class: number; complex: boolean; logical: boolean } {
  const { type, data } = readElement(reader);
  if (type !== 6 || data.left !== 8) reader.fail("expected the flags of a variable; the file is damaged");
  const word = data.uint32("the flags");
  const flags = (word >>> 8) & 0xff;
  return { class: word & 0xff, complex: (flags & complexFlag) !== 0, logical: (flags & logicalFlag) !== 0 };
}

function readDimensions(reader: ByteReader): number[] {
  const { type, data } = readElement(reader);
  if (type !== 5 || data.left < 8 || data.left % 4 !== 0) {
    reader.fail("expected the dimensions of a variable; the file is damaged");
  }
  const shape: number[] = [];
  while (data.left > 0) shape.push(data.int32("a dimension"));
  if (shape.some((size) => size < 0)) reader.fail(`a dimension is negative: ${shape.slice(0, 4).join(" × ")}`);
  return shape;
}

function readName(reader: ByteReader): string {
  const { type, data } = readElement(reader);
  if (type !== 1) reader.fail("expected the name of a variable; the file is damaged");
  return data.text(data.left, "the name");
}

/** The numbers of a variable. MATLAB stores them in the smallest type that holds them all, whatever their class. */
function readValues(reader: ByteReader, name: string, rows: number, columns: number): FloatArray {
  const { type, data } = readElement(reader);
  const storage = storageTypes.get(type);
  if (storage === undefined) reader.fail(`variable ${quoted(name)} has no numbers; the file is damaged`);
  const count = data.left / sizeOf[storage];
  if (count !== rows * columns) {
    reader.fail(`variable ${quoted(name)} is ${rows} × ${columns} but has ${count} numbers; the file is damaged`);
  }
  return readNumbers(data, storage, count);
}

function unreadable(name: string, contents: ReadonlyMap<string, Matrix | string>): FormatError {
  const what = contents.get(name);
  if (what !== undefined) {
    return new FormatError(
      `MAT-file: variable ${quoted(name)} is ${what}; expected a real matrix, such as full(double(${name}))`,
    );
  }
  const known = [...contents.keys()];
  const guess = closest(name, known);
  return new FormatError(
    `MAT-file: no variable ${quoted(name)}; the file has ${known.length === 0 ? "none" : quotedList(known)}` +
      (guess === undefined ? "" : `. Did you mean ${quoted(guess)}?`),
  );
}
