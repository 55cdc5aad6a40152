import { say } from "../../constraint/codedError.js";
import { fromFloat16 } from "../float16.js";
import type { ByteReader } from "./byteReader.js";
import { readerWords } from "./words.js";

/** Number types of the binary formats. */
export type NumberType =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float16"
  | "float32"
  | "float64";

/** Bytes a number takes. */
export const sizeOf: Readonly<Record<NumberType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
};

/** Numbers as a file holds them; those that no typed array of plain numbers holds in a wider type: float16, 64-bit integers. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * The next `count` numbers, in the file's own type: **a view on its bytes** where these lie as the machine has them. A
 * 64-bit integer that float64 cannot hold exactly is an error: a number changed in silence would be worse.
 */
export function readNumbers(reader: ByteReader, type: NumberType, count: number): NumberArray {
  const start = reader.position;
  const size = sizeOf[type];
  const bytes = reader.take(count * size, `${count} numbers of type ${type}`);
  if (type === "float16") return readHalves(bytes, reader.littleEndian);
  if (type === "int64" || type === "uint64") return readIntegers(reader, bytes, type, start);
  const swapped = size > 1 && reader.littleEndian !== hostIsLittleEndian;
  const aligned = bytes.byteOffset % size === 0;
  const { buffer, byteOffset } = swapped ? reversed(bytes, size) : aligned ? bytes : new Uint8Array(bytes);
  return viewOf(type, buffer, byteOffset, count);
}

/** A copy in which the bytes of each number stand in the other order. */
function reversed(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) result[i - (i % size) + size - 1 - (i % size)] = bytes[i];
  return result;
}

function viewOf(
  type: Exclude<NumberType, "float16" | "int64" | "uint64">,
  buffer: ArrayBufferLike,
  byteOffset: number,
  count: number,
): NumberArray {
  switch (type) {
    case "int8":
      return new Int8Array(buffer, byteOffset, count);
    case "uint8":
      return new Uint8Array(buffer, byteOffset, count);
    case "int16":
      return new Int16Array(buffer, byteOffset, count);
    case "uint16":
      return new Uint16Array(buffer, byteOffset, count);
    case "int32":
      return new Int32Array(buffer, byteOffset, count);
    case "uint32":
      return new Uint32Array(buffer, byteOffset, count);
    case "float32":
      return new Float32Array(buffer, byteOffset, count);
    case "float64":
      return new Float64Array(buffer, byteOffset, count);
  }
}

function readHalves(bytes: Uint8Array, littleEndian: boolean): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => fromFloat16(view.getUint16(2 * i, littleEndian)));
}

function readIntegers(reader: ByteReader, bytes: Uint8Array, type: "int64" | "uint64", start: number): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(bytes.length / 8);
  for (let i = 0; i < numbers.length; i++) {
    const at = i * 8;
    const exact =
      type === "int64" ? view.getBigInt64(at, reader.littleEndian) : view.getBigUint64(at, reader.littleEndian);
    numbers[i] = Number(exact);
    if (BigInt(numbers[i]) !== exact) {
      reader.fail(say(readerWords, "binary.integer", { integer: `${exact}` }), start + at);
    }
  }
  return numbers;
}

/** Any other number than 0 as 1, in an array of its own. */
export function asLogical(numbers: NumberArray): Uint8Array {
  return Uint8Array.from(numbers, (number) => (number === 0 ? 0 : 1));
}
