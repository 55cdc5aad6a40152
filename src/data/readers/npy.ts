/**
 * NumPy's array files: `.npy` (a Python dictionary as text, then the numbers) and `.npz` (a zip archive of them).
 *
 * Source: NumPy, `numpy.lib.format`, versions 1.0, 2.0 and 3.0 of the format.
 */

import { type Zippable, zipSync } from "fflate";
import { Matrix } from "../../array/matrix.js";
import { transpose } from "../../array/product.js";
import { requireMatrix } from "../../array/requireMatrix.js";
import { type Said, say } from "../../constraint/codedError.js";
import { requireMap } from "../../constraint/kinds.js";
import { quoted } from "../quoted.js";
import { ByteReader } from "./byteReader.js";
import { type NumberType, readNumbers, sizeOf } from "./numbers.js";
import { readerWords } from "./words.js";
import { unzip } from "./zip.js";

/** Kind and size in a dtype, after the byte order. Booleans are bytes. */
const numberTypes: ReadonlyMap<string, NumberType> = new Map([
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

/**
 * Reads one array saved by `numpy.save`.
 *
 * A two-dimensional array keeps its rows and columns; a one-dimensional one of n numbers becomes a row 1 × n, as NumPy's
 * own broadcasting reads it (labels of shape (m,) are then a Y of 1 × m); a single number becomes 1 × 1. float32 stays
 * float32; float64, integers of 8 to 64 bits and booleans (as 0 and 1) become float64. NumPy users keep examples in
 * rows: `transpose()` gives the features × examples that this library expects.
 *
 * @param bytes the whole file, in either byte order, C or Fortran order
 * @throws FormatError for a file that is damaged, empty, of more than two dimensions or of another dtype (float16,
 * complex, text, records, objects: these are pickles and are never read), and for a 64-bit integer that float64 cannot
 * hold exactly
 *
 * Source: NumPy, `numpy.lib.format`.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { formatNpy, parseNpy } from "gradproof/npy";
 * const bytes = formatNpy(Matrix.from([[1, 2, 3], [4, 5, 6]]));
 * parseNpy(bytes).toArray(); // => [[1, 2, 3], [4, 5, 6]]
 */
export function parseNpy(bytes: Uint8Array): Matrix {
  return readArray(new ByteReader(bytes, ".npy"));
}

/**
 * Reads the arrays saved by `numpy.savez` or `numpy.savez_compressed`, by name, each as {@link parseNpy} does.
 *
 * @param bytes the whole file; at most 1 GiB once decompressed, and every array is checked against its CRC-32
 * @throws FormatError for an archive that is damaged or that holds anything but readable arrays
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { formatNpz, parseNpz } from "gradproof/npy";
 * const bytes = formatNpz(new Map([["X", Matrix.from([[1, 2], [3, 4]])], ["y", Matrix.row([0, 1])]]));
 * [...parseNpz(bytes).keys()]; // => ["X", "y"]
 * parseNpz(bytes).get("y")?.toArray(); // => [[0, 1]]
 */
export function parseNpz(bytes: Uint8Array): Map<string, Matrix> {
  const arrays = new Map<string, Matrix>();
  for (const [file, content] of unzip(bytes, ".npz")) {
    const reader = new ByteReader(content, say(readerWords, "zip.file", { archive: ".npz", file }));
    if (!file.endsWith(".npy")) reader.fail(say(readerWords, "npy.name"));
    arrays.set(file.slice(0, -".npy".length), readArray(reader));
  }
  return arrays;
}

/**
 * Writes a matrix as `numpy.save` writes an array of the same shape: dtype `<f8`, or `<f4` for float32.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { formatNpy } from "gradproof/npy";
 * formatNpy(Matrix.row([1, 2])).length; // => 144
 */
export function formatNpy(matrix: Matrix): Uint8Array {
  requireMatrix("formatNpy(): matrix", matrix);
  const single = matrix.dtype === "float32";
  const shape = `(${matrix.rows}, ${matrix.columns})`;
  const dictionary = `{'descr': '${single ? "<f4" : "<f8"}', 'fortran_order': False, 'shape': ${shape}, }`;
  // The numbers begin at a multiple of 64 bytes, so that the file can be mapped into memory.
  const start = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + matrix.data.length * (single ? 4 : 8));
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]); // \x93NUMPY, version 1.0
  view.setUint16(8, start - 10, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(start - 11)}\n`), 10);
  for (const [i, value] of matrix.data.entries()) {
    if (single) view.setFloat32(start + 4 * i, value, true);
    else view.setFloat64(start + 8 * i, value, true);
  }
  return bytes;
}

/**
 * Writes matrices by name as `numpy.savez` does: a zip archive, not compressed, of one `.npy` file each. The same
 * matrices give the same bytes.
 *
 * @throws RangeError for an empty name or one of more than 1,000 characters
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { formatNpz, parseNpz } from "gradproof/npy";
 * parseNpz(formatNpz(new Map([["W1", Matrix.column([1, 2])]]))).get("W1")?.shape; // => [2, 1]
 */
export function formatNpz(matrices: ReadonlyMap<string, Matrix>): Uint8Array {
  requireMap("formatNpz(): matrices", matrices);
  const files: Zippable = Object.create(null);
  for (const [name, matrix] of matrices) {
    if (name.length === 0 || name.length > 1000) {
      throw new RangeError(`formatNpz(): a name must have 1 to 1,000 characters, got ${quoted(name)}`);
    }
    files[`${name}.npy`] = formatNpy(matrix);
  }
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
}

function readArray(reader: ByteReader): Matrix {
  const { dtype, fortranOrder, shape } = readHeader(reader);
  const type = numberTypes.get(dtype.slice(1));
  const order = dtype[0];
  if (type === undefined || !(order === "<" || order === ">" || (order === "|" && sizeOf[type] === 1))) {
    reader.fail(say(readerWords, "npy.dtype", { dtype }));
  }
  if (shape.length > 2) {
    reader.fail(say(readerWords, "npy.dimensions", { dimensions: shape.length }));
  }
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  const length = rows * columns * sizeOf[type];
  const size = `${rows} × ${columns}`;
  if (length === 0) reader.fail(say(readerWords, "array.empty", { shape: size }));
  if (length !== reader.left) {
    reader.fail(say(readerWords, "array.size", { shape: size, needed: length, left: reader.left }));
  }
  reader.littleEndian = order !== ">";
  const data = readNumbers(reader, type, rows * columns);
  if (dtype.endsWith("b1")) for (let i = 0; i < data.length; i++) data[i] = data[i] === 0 ? 0 : 1;
  // Fortran's order is that of the transposed matrix, (columns × rows).
  return fortranOrder ? transpose(new Matrix(columns, rows, data)) : new Matrix(rows, columns, data);
}

interface Header {
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

function readHeader(reader: ByteReader): Header {
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
