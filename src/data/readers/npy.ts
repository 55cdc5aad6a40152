/**
 * NumPy's array files: `.npy` (a Python dictionary as text, then the numbers) and `.npz` (a zip archive of them).
 *
 * Source: NumPy, `numpy.lib.format`, versions 1.0, 2.0 and 3.0 of the format.
 */

import { type Zippable, zipSync } from "fflate";
import type { Matrix } from "../../array/matrix.js";
import { requireMatrix } from "../../array/requireMatrix.js";
import { requireMap } from "../../constraint/kinds.js";
import { quoted } from "../quoted.js";
import { ByteReader } from "./byteReader.js";
import { asLogical, type NumberType, readNumbers, sizeOf } from "./numbers.js";
import { matrixOf, type StoredArray } from "./storedArray.js";
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
  return matrixIn(new ByteReader(bytes, ".npy"));
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
  for (const [file, read] of unzip(bytes, ".npz")) {
    const reader = new ByteReader(read(), `.npz, file ${quoted(file)}`);
    if (!file.endsWith(".npy")) reader.fail("the name does not end in .npy; expected arrays saved by numpy.savez");
    arrays.set(file.slice(0, -".npy".length), matrixIn(reader));
  }
  return arrays;
}

/** One array of any number of dimensions. */
export function readNpy(bytes: Uint8Array): StoredArray {
  return storedIn(new ByteReader(bytes, ".npy"));
}

/** The arrays of an archive by name, each of any number of dimensions, and read where it is asked for. */
export function readNpz(bytes: Uint8Array): Map<string, () => StoredArray> {
  const arrays = new Map<string, () => StoredArray>();
  for (const [file, read] of unzip(bytes, ".npz")) {
    const name = file.replace(/\.npy$/, "");
    arrays.set(name, () => storedIn(new ByteReader(read(), `.npz, file ${quoted(file)}`)));
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

function matrixIn(reader: ByteReader): Matrix {
  const header = readHeader(reader);
  const { shape } = header;
  if (shape.length > 2) {
    reader.fail(`the array has ${shape.length} dimensions; expected at most 2, such as array.reshape(len(array), -1)`);
  }
  return matrixOf({ ...numbersIn(reader, header), shape: [1, 1, ...shape].slice(-2) });
}

function storedIn(reader: ByteReader): StoredArray {
  return numbersIn(reader, readHeader(reader));
}

function numbersIn(reader: ByteReader, { dtype, fortranOrder, shape }: Header): StoredArray {
  const type = numberTypes.get(dtype.slice(1));
  const byteOrder = dtype[0];
  if (type === undefined || !(byteOrder === "<" || byteOrder === ">" || (byteOrder === "|" && sizeOf[type] === 1))) {
    reader.fail(`dtype ${quoted(dtype)} is not supported; expected real numbers, such as array.astype('float64')`);
  }
  const description = [1, 1, ...shape].slice(-Math.max(2, shape.length)).join(" × ");
  // A product too large for float64 becomes Infinity, never a smaller number, so it cannot pass for what is there.
  const count = shape.reduce((product, size) => product * size, 1);
  const length = count * sizeOf[type];
  if (length === 0) reader.fail(`the array is empty, ${description}`);
  if (length !== reader.left) {
    reader.fail(`an array of ${description} needs ${length} bytes but ${reader.left} follow; the file is damaged`);
  }
  reader.littleEndian = byteOrder !== ">";
  const data = readNumbers(reader, type, count);
  return { shape, data: dtype.endsWith("b1") ? asLogical(data) : data, order: fortranOrder ? "F" : "C" };
}

interface Header {
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

function readHeader(reader: ByteReader): Header {
  if (reader.text(Math.min(6, reader.left), "the magic number") !== "\x93NUMPY") {
    reader.fail("the file does not begin with \\x93NUMPY; it is no .npy file", 0);
  }
  const version = reader.uint8("the version");
  const minor = reader.uint8("the version");
  if (version < 1 || version > 3) reader.fail(`version ${version}.${minor} is unknown; expected 1.0, 2.0 or 3.0`, 6);
  const length = version === 1 ? reader.uint16("the header's length") : reader.uint32("the header's length");
  // Plain arrays need about 100 characters. NumPy itself stops at 10,000.
  if (length > 10_000) reader.fail(`the header is ${length} bytes long; expected at most 10,000`);
  const start = reader.position;
  return parseHeader(reader.text(length, "the header"), (message, index) => reader.fail(message, start + index));
}

/** One `'key': value` of the header. Values are texts, True or False or tuples. */
const entry = /\s*(['"])(\w*)\1\s*:\s*(?:(['"])([^'"]*)\3|(True|False)|\(([^()]*)\))\s*(?:,\s*|(?=\}))/y;

function parseHeader(text: string, fail: (message: string, index: number) => never): Header {
  let dtype: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: number[] | undefined;
  let index = /^\s*\{\s*/.exec(text)?.[0].length ?? fail("the header is no Python dictionary", 0);
  while (text[index] !== "}") {
    entry.lastIndex = index;
    const match =
      entry.exec(text) ??
      fail("the header is no dictionary of descr, fortran_order and shape, or it describes records", index);
    const [whole, , key, , string, boolean, tuple] = match;
    if (key === "descr" && string !== undefined && dtype === undefined) dtype = string;
    else if (key === "fortran_order" && boolean !== undefined && fortranOrder === undefined) {
      fortranOrder = boolean === "True";
    } else if (key === "shape" && tuple !== undefined && shape === undefined) {
      shape = parseShape(tuple) ?? fail(`the shape (${tuple}) is no tuple of whole numbers`, index);
    } else fail(`the entry ${quoted(whole.trim())} of the header is unknown, repeated or of the wrong type`, index);
    index += whole.length;
  }
  if (text.slice(index + 1).trim() !== "") fail("text follows the dictionary of the header", index + 1);
  if (dtype === undefined || fortranOrder === undefined || shape === undefined) {
    fail("the header lacks descr, fortran_order or shape", 0);
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
