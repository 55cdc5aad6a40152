import { type FloatArray, zeros } from "../../array/floatArray.js";
import { say } from "../../constraint/codedError.js";
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
  float32: 4,
  float64: 8,
};

type Read = (view: DataView, offset: number, littleEndian: boolean) => number;

const readers: Readonly<Record<Exclude<NumberType, "int64" | "uint64">, Read>> = {
  int8: (view, offset) => view.getInt8(offset),
  uint8: (view, offset) => view.getUint8(offset),
  int16: (view, offset, littleEndian) => view.getInt16(offset, littleEndian),
  uint16: (view, offset, littleEndian) => view.getUint16(offset, littleEndian),
  int32: (view, offset, littleEndian) => view.getInt32(offset, littleEndian),
  uint32: (view, offset, littleEndian) => view.getUint32(offset, littleEndian),
  float32: (view, offset, littleEndian) => view.getFloat32(offset, littleEndian),
  float64: (view, offset, littleEndian) => view.getFloat64(offset, littleEndian),
};

/** A typed array that any number of the formats may be written to. */
export type NumberArray = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** The next `count` numbers: float32 as they are, every other type as float64. */
export function readNumbers(reader: ByteReader, type: NumberType, count: number): FloatArray {
  reader.require(count * sizeOf[type], `${count} numbers of type ${type}`);
  const result = zeros(count, type === "float32" ? "float32" : "float64");
  readInto(result, reader, type);
  return result;
}

/**
 * Fills `target`, which must be able to hold numbers of this type, with the next ones. A 64-bit integer that float64
 * cannot hold exactly is an error: a number changed in silence would be worse.
 */
export function readInto(target: NumberArray, reader: ByteReader, type: NumberType): void {
  const size = sizeOf[type];
  const start = reader.position;
  const { littleEndian } = reader;
  const bytes = reader.take(target.length * size, `${target.length} numbers of type ${type}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "int64" || type === "uint64") {
    for (let i = 0; i < target.length; i++) {
      const offset = i * size;
      const exact = type === "int64" ? view.getBigInt64(offset, littleEndian) : view.getBigUint64(offset, littleEndian);
      target[i] = Number(exact);
      if (BigInt(target[i]) !== exact) {
        reader.fail(say(readerWords, "binary.integer", { integer: `${exact}` }), start + offset);
      }
    }
    return;
  }
  const read = readers[type];
  for (let i = 0; i < target.length; i++) {
    target[i] = read(view, i * size, littleEndian);
  }
}
