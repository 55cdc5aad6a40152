/**
 * NumPy's array files: `.npy` (a Python dictionary as text, then the numbers) and `.npz` (a zip archive of them).
 *
 * Source: NumPy, `numpy.lib.format`, versions 1.0, 2.0 and 3.0 of the format.
 */

import { type Zippable, zipSync } from "fflate";
import type { Matrix } from "../../array/matrix.js";
import { requireMatrix } from "../../array/requireMatrix.js";
import { say } from "../../constraint/codedError.js";
import { requireMap } from "../../constraint/kinds.js";
import { FormatError } from "../formatError.js";
import { quoted } from "../quoted.js";
import { ByteReader } from "./byteReader.js";
import { numbersIn, readHeader, writeNpy } from "./npyArray.js";
import { matrixOf } from "./storedArray.js";
import { readerWords } from "./words.js";
import { unzip } from "./zip.js";

/**
 * Reads one array saved by `numpy.save`.
 *
 * A two-dimensional array keeps its rows and columns; a one-dimensional one of n numbers becomes a row 1 × n, as NumPy's
 * own broadcasting reads it (labels of shape (m,) are then a Y of 1 × m); a single number becomes 1 × 1. float32 stays
 * float32, and float16 becomes it; float64, integers of 8 to 64 bits and booleans (as 0 and 1) become float64. NumPy users
 * keep examples in rows: `transpose()` gives the features × examples that this library expects.
 *
 * @param bytes the whole file, in either byte order, C or Fortran order
 * @throws FormatError for a file that is damaged, empty, of more than two dimensions or of another dtype (complex,
 * text, records, objects: these are pickles and are never read), and for a 64-bit integer that float64 cannot
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
 * Arrays of another kind beside them, such as text or images, are passed over.
 *
 * @throws FormatError for an archive that is damaged, holds anything but arrays, or none that can be read
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
  let unreadable: FormatError | undefined;
  for (const [file, read] of unzip(bytes, ".npz")) {
    const reader = new ByteReader(read(), say(readerWords, "zip.file", { archive: ".npz", file }));
    if (!file.endsWith(".npy")) reader.fail(say(readerWords, "npy.name"));
    try {
      arrays.set(file.slice(0, -".npy".length), matrixIn(reader));
    } catch (thrown) {
      if (!(thrown instanceof FormatError && otherKinds.includes(thrown.code))) throw thrown;
      unreadable ??= thrown;
    }
  }
  if (arrays.size === 0 && unreadable !== undefined) throw unreadable;
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
  return writeNpy(matrix.shape, matrix.data, matrix.dtype === "float32" ? "<f4" : "<f8");
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

/** What makes an array, whole as it is, no matrix of numbers. */
const otherKinds: readonly string[] = ["npy.dtype", "npy.dimensions", "npy.entries"];

function matrixIn(reader: ByteReader): Matrix {
  const header = readHeader(reader);
  const { shape } = header;
  if (shape.length > 2) {
    reader.fail(say(readerWords, "npy.dimensions", { dimensions: shape.length }));
  }
  return matrixOf({ ...numbersIn(reader, header), shape: [1, 1, ...shape].slice(-2) });
}
