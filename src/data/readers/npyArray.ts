import { type Said, say } from "../../constraint/codedError.js";
import { ByteReader } from "./byteReader.js";
import { asLogical, type NumberType, readNumbers, sizeOf } from "./numbers.js";
import type { StoredArray } from "./storedArray.js";
import { readerWords } from "./words.js";
import { unzip } from "./zip.js";

/** Kind and size in a dtype, after the byte order. Booleans are bytes. */
const numberTypes: ReadonlyMap<string, NumberType> = new Map([
  ["f2", "float16"],
  ["f4", "float32"],
  ["f8", "float64"],
  ["i1", "int8"],
  ["i2", "int16"],
  ["i4", "int32"],
  ["i8", "int64"],
  ["u1", "uint8"],
  ["u2", "uint16"],
  ["u4", "uint32"],
  ["u8", "uint64"],
  ["b1", "uint8"],
]);

/** One array of any number of dimensions. */
export function readNpy(bytes: Uint8Array): StoredArray {
  return storedIn(new ByteReader(bytes, ".npy"));
}

/** The arrays of an archive by name, each of any number of dimensions, and read where it is asked for. */
export function readNpz(bytes: Uint8Array): Map<string, () => StoredArray> {
  const arrays = new Map<string, () => StoredArray>();
  for (const [file, read] of unzip(bytes, ".npz")) {
    const name = file.replace(/\.npy$/, "");
    arrays.set(name, () => storedIn(new ByteReader(read(), say(readerWords, "zip.file", { archive: ".npz", file }))));
  }
  return arrays;
}

function storedIn(reader: ByteReader): StoredArray {
  return numbersIn(reader, readHeader(reader));
}

/** The numbers behind a header. */
export function numbersIn(reader: ByteReader, { dtype, fortranOrder, shape }: Header): StoredArray {
  const type = numberTypes.get(dtype.slice(1));
  const byteOrder = dtype[0];
  if (type === undefined || !(byteOrder === "<" || byteOrder === ">" || (byteOrder === "|" && sizeOf[type] === 1))) {
    reader.fail(say(readerWords, "npy.dtype", { dtype }));
  }
  const description = [1, 1, ...shape].slice(-Math.max(2, shape.length)).join(" × ");
  // A product too large for float64 becomes Infinity, never a smaller number, so it cannot pass for what is there.
  const count = shape.reduce((product, size) => product * size, 1);
  const length = count * sizeOf[type];
  if (length === 0) reader.fail(say(readerWords, "array.empty", { shape: description }));
  if (length !== reader.left) {
    reader.fail(say(readerWords, "array.size", { shape: description, needed: length, left: reader.left }));
  }
  reader.littleEndian = byteOrder !== ">";
  const data = readNumbers(reader, type, count);
  return { shape, data: dtype.endsWith("b1") ? asLogical(data) : data, order: fortranOrder ? "F" : "C" };
}

/** What is written of a number: its dtype, its bytes, and how they are set. */
const written = {
  "<f8": [8, (view: DataView, at: number, value: number) => view.setFloat64(at, value, true)],
  "<f4": [4, (view: DataView, at: number, value: number) => view.setFloat32(at, value, true)],
  "<i8": [8, (view: DataView, at: number, value: number) => view.setBigInt64(at, BigInt(value), true)],
  "|b1": [1, (view: DataView, at: number, value: number) => view.setUint8(at, value === 0 ? 0 : 1)],
} as const;

/** The bytes of a `.npy` file of version 1.0, in C order, as `numpy.save` writes an array of that shape. */
export function writeNpy(
  shape: readonly number[],
  data: ArrayLike<number>,
  dtype: keyof typeof written,
): Uint8Array<ArrayBuffer> {
  const [size, set] = written[dtype];
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dictionary = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // The numbers begin at a multiple of 64 bytes, so that the file can be mapped into memory.
  const start = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + data.length * size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]); // \x93NUMPY, version 1.0
  view.setUint16(8, start - 10, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(start - 11)}\n`), 10);
  for (let i = 0; i < data.length; i++) set(view, start + size * i, data[i]);
  return bytes;
}

/** What a header says. */
export interface Header {
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** The header of an array: a Python dictionary as text. */
export function readHeader(reader: ByteReader): Header {
  if (reader.text(Math.min(6, reader.left), "the magic number") !== "\x93NUMPY") {
    reader.fail(say(readerWords, "npy.magic"), 0);
  }
  const version = reader.uint8("the version");
  const minor = reader.uint8("the version");
  if (version < 1 || version > 3) reader.fail(say(readerWords, "npy.version", { version: `${version}.${minor}` }), 6);
  const length = version === 1 ? reader.uint16("the header's length") : reader.uint32("the header's length");
  // Plain arrays need about 100 characters. NumPy itself stops at 10,000.
  if (length > 10_000) reader.fail(say(readerWords, "npy.headerLength", { length }));
  const start = reader.position;
  return parseHeader(reader.text(length, "the header"), (said, index) => reader.fail(said, start + index));
}

/** One `'key': value` of the header. Values are texts, True or False or tuples. */
const entry = /\s*(['"])(\w*)\1\s*:\s*(?:(['"])([^'"]*)\3|(True|False)|\(([^()]*)\))\s*(?:,\s*|(?=\}))/y;

function parseHeader(text: string, fail: (said: Said, index: number) => never): Header {
  let dtype: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: number[] | undefined;
  let index = /^\s*\{\s*/.exec(text)?.[0].length ?? fail(say(readerWords, "npy.header"), 0);
  while (text[index] !== "}") {
    entry.lastIndex = index;
    const match = entry.exec(text) ?? fail(say(readerWords, "npy.entries"), index);
    const [whole, , key, , string, boolean, tuple] = match;
    if (key === "descr" && string !== undefined && dtype === undefined) dtype = string;
    else if (key === "fortran_order" && boolean !== undefined && fortranOrder === undefined) {
      fortranOrder = boolean === "True";
    } else if (key === "shape" && tuple !== undefined && shape === undefined) {
      shape = parseShape(tuple) ?? fail(say(readerWords, "npy.shape", { shape: tuple }), index);
    } else fail(say(readerWords, "npy.entry", { entry: whole.trim() }), index);
    index += whole.length;
  }
  if (text.slice(index + 1).trim() !== "") fail(say(readerWords, "npy.headerEnd"), index + 1);
  if (dtype === undefined || fortranOrder === undefined || shape === undefined) {
    fail(say(readerWords, "npy.absent"), 0);
  }
  return { dtype, fortranOrder, shape };
}

/** `3, 4` or `3,` or nothing: the inside of a tuple of whole numbers. */
function parseShape(tuple: string): number[] | undefined {
  if (tuple.trim() === "") return [];
  const parts = tuple.split(",").map((part) => part.trim());
  if (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts.every((part) => /^\d{1,15}$/.test(part)) ? parts.map(Number) : undefined;
}
