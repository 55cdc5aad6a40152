/**
 * IDX, the format of MNIST and its kin: two zero bytes, the type, the number of dimensions, each dimension, the numbers;
 * everything big-endian.
 *
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section "File formats".
 */

import type { DType } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { transposeInto } from "../../array/transposeInto.js";
import { say } from "../../constraint/codedError.js";
import { requireList, requireRecord } from "../../constraint/kinds.js";
import { ByteReader } from "./byteReader.js";
import { gunzip, isGzip } from "./inflate.js";
import { type NumberArray, type NumberType, readNumbers, sizeOf } from "./numbers.js";
import { readerWords } from "./words.js";

/** An array of an IDX file, the last dimension running fastest. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** The numbers in the type that the file has them in. */
  readonly data: NumberArray;
}

const types: ReadonlyMap<number, NumberType> = new Map<number, NumberType>([
  [0x08, "uint8"],
  [0x09, "int8"],
  [0x0b, "int16"],
  [0x0c, "int32"],
  [0x0d, "float32"],
  [0x0e, "float64"],
]);

/**
 * Reads an IDX file, also one compressed by gzip.
 *
 * @param bytes the whole file; at most 1 GiB once decompressed, and then checked against its CRC-32
 * @returns the shape, and the numbers as the file has them: uint8, int8, int16, int32, float32 or float64. Where they can
 * be read in place, as bytes can, they are a view on `bytes`.
 * @throws FormatError for a file that is truncated, damaged, empty or no IDX file
 *
 * Source: Y. LeCun, "The MNIST database of handwritten digits".
 *
 * @example
 * import { parseIdx } from "gradproof/idx";
 * const bytes = new Uint8Array([0, 0, 0x08, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);
 * parseIdx(bytes); // => { shape: [2, 3], data: new Uint8Array([1, 2, 3, 4, 5, 6]) }
 */
export function parseIdx(bytes: Uint8Array): IdxArray {
  const reader = new ByteReader(isGzip(bytes) ? gunzip(bytes, "IDX") : bytes, "IDX", false);
  if (reader.uint16("the magic number") !== 0) reader.fail(say(readerWords, "idx.magic"), 0);
  const code = reader.uint8("the type of the numbers");
  const type = types.get(code) ?? reader.fail(say(readerWords, "idx.type", { type: code }), 2);
  const dimensions = reader.uint8("the number of dimensions");
  if (dimensions === 0) reader.fail(say(readerWords, "idx.dimensions"), 3);
  const shape = Array.from({ length: dimensions }, () => reader.uint32("a dimension"));

  const description = `${shape.slice(0, 6).join(" × ")}${dimensions > 6 ? " × …" : ""}`;
  if (shape.includes(0)) reader.fail(say(readerWords, "array.empty", { shape: description }), 4);
  // A product too large for float64 becomes Infinity, never a smaller number, so it cannot pass for what is there.
  const count = shape.reduce((product, size) => product * size, 1);
  const length = count * sizeOf[type];
  if (length !== reader.left) {
    reader.fail(say(readerWords, "array.size", { shape: description, needed: length, left: reader.left }));
  }
  return { shape, data: readNumbers(reader, type, count) };
}

/**
 * An IDX array as a matrix with one column an example: the first dimension counts the examples, the others are flattened
 * row by row into features. Images n × h × w become h·w × n, labels n become 1 × n; the numbers stay as they are (divide
 * pixels by 255, or normalize them).
 *
 * @param array what {@link parseIdx} gives
 * @param dtype default `float64`
 *
 * @example
 * import { examplesAsColumns } from "gradproof/idx";
 * // two images of 1 × 3 pixels
 * const images = { shape: [2, 1, 3], data: new Uint8Array([1, 2, 3, 4, 5, 6]) };
 * examplesAsColumns(images).toArray(); // => [[1, 4], [2, 5], [3, 6]]
 */
export function examplesAsColumns(array: IdxArray, dtype: DType = "float64"): Matrix {
  requireRecord("examplesAsColumns(): array", array, "{ shape, data }, as parseIdx() gives them");
  requireList("examplesAsColumns(): array.shape", array.shape);
  requireList("examplesAsColumns(): array.data", array.data);
  const examples = array.shape[0];
  const features = array.data.length / examples;
  const result = Matrix.zeros(features, examples, dtype); // (features × examples)
  transposeInto(result.data, array.data, examples, features);
  return result;
}
