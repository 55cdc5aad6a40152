/**
 * Safetensors: named arrays of numbers and a few texts in one file, with nothing in it to execute.
 *
 *     8 bytes   length N of the header, little-endian
 *     N bytes   the header, JSON: {"__metadata__": {name: text}, name: {"dtype", "shape", "data_offsets": [begin, end]}}
 *     the rest  the numbers, little-endian, row-major; together the offsets cover it without gap or overlap
 *
 * Source: https://huggingface.co/docs/safetensors, section "Format".
 */

import type { FloatArray } from "../array/floatArray.js";
import { ShapeError } from "../array/shapeError.js";
import { requireBytes, requireMap, requireRecord } from "../constraint/kinds.js";
import { FormatError } from "../data/formatError.js";
import { quoted } from "../data/quoted.js";
import { bytesOf, metadataKey, parseHeader, type TensorType } from "./safetensorsHeader.js";

/** An array of any number of dimensions, row-major. */
export type Tensor =
  | { readonly dtype: "F64"; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly dtype: "F32"; readonly shape: readonly number[]; readonly data: Float32Array };

/** What a safetensors file holds. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The published limit on the header, which keeps a reader from parsing gigabytes of JSON. */
const longestHeader = 100_000_000;

/**
 * Writes tensors and texts as a safetensors file. The same content gives the same bytes.
 *
 * The header is padded with blanks to a multiple of 8 bytes and float64 tensors come first, so that every number lies at
 * a multiple of its size.
 *
 * @throws ShapeError when a shape does not fit its data; RangeError for a name no reader would take
 *
 * Source: https://huggingface.co/docs/safetensors.
 *
 * @example
 * import { readSafetensors, writeSafetensors } from "gradproof/formats";
 * const b1 = { dtype: "F64", shape: [2, 1], data: new Float64Array([0.5, -1]) } as const;
 * const bytes = writeSafetensors({ tensors: new Map([["b1", b1]]), metadata: new Map([["format", "gradproof"]]) });
 * readSafetensors(bytes).tensors.get("b1"); // => { dtype: "F64", shape: [2, 1], data: new Float64Array([0.5, -1]) }
 * readSafetensors(bytes).metadata.get("format"); // => "gradproof"
 */
export function writeSafetensors(file: SafetensorsFile): Uint8Array {
  requireRecord("writeSafetensors(): file", file, "{ tensors, metadata }, two Maps by name");
  requireMap("writeSafetensors(): tensors", file.tensors);
  requireMap("writeSafetensors(): metadata", file.metadata);
  const tensors = [...file.tensors].sort(([, a], [, b]) => bytesOf[b.dtype] - bytesOf[a.dtype]);
  const entries: string[] = [];
  // Written entry by entry, for an object would lose `__proto__` and reorder names such as "1".
  if (file.metadata.size > 0) {
    const texts = [...file.metadata].map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`);
    entries.push(`"${metadataKey}":{${texts.join(",")}}`);
  }
  let length = 0;
  for (const [name, tensor] of tensors) {
    if (name === metadataKey) throw new RangeError(`writeSafetensors(): a tensor cannot be named ${metadataKey}`);
    requireShape(name, tensor);
    const end = length + tensor.data.byteLength;
    const description = { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [length, end] };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(description)}`);
    length = end;
  }
  const json = new TextEncoder().encode(`{${entries.join(",")}}`);
  const headerLength = Math.ceil(json.length / 8) * 8;
  if (headerLength > longestHeader) {
    throw new RangeError(
      `writeSafetensors(): the header is ${headerLength} bytes long; expected at most ${longestHeader}`,
    );
  }

  const bytes = new Uint8Array(8 + headerLength + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  bytes.fill(0x20, 8 + json.length, 8 + headerLength);
  let position = 8 + headerLength;
  for (const [, tensor] of tensors) position = writeNumbers(view, position, tensor.data);
  return bytes;
}

/**
 * Reads a safetensors file of float64 and float32 tensors. The result shares no memory with `bytes`.
 *
 * Nothing is allocated that is not in the file: the shapes must fit the offsets, and the offsets must cover the data
 * without gap or overlap.
 *
 * @throws FormatError with the place of what is wrong: a header that is too long, no JSON, or has other entries than
 * described; duplicate names; offsets outside the file; another dtype
 *
 * Source: https://huggingface.co/docs/safetensors.
 *
 * @example
 * import { readSafetensors } from "gradproof/formats";
 * const header = '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  ';
 * const bytes = new Uint8Array([header.length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(header), 0, 0, 0x80, 0x3f]);
 * readSafetensors(bytes).tensors.get("x"); // => { dtype: "F32", shape: [1], data: new Float32Array([1]) }
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  requireBytes("a safetensors file", bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) fail(`the file has ${bytes.length} bytes, too few for the length of a header`);
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > longestHeader || headerLength > bytes.length - 8) {
    fail(`byte 0: a header of ${headerLength} bytes, but ${bytes.length - 8} follow and ${longestHeader} are allowed`);
  }
  if (bytes[8] !== 0x7b) fail("byte 8: the header does not begin with {");
  const start = 8 + Number(headerLength);
  const { descriptions, metadata } = parseHeader(bytes.subarray(8, start));

  let covered = 0;
  const inOrder = [...descriptions].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  for (const [name, { dtype, shape, begin, end }] of inOrder) {
    if (begin !== covered || end < begin) {
      fail(
        `tensor ${quoted(name)} lies at ${begin} … ${end}; expected it to begin at ${covered}, without gap or overlap`,
      );
    }
    if (end > bytes.length - start)
      fail(`tensor ${quoted(name)} ends at ${end}, outside the ${bytes.length - start} bytes of data`);
    // A product beyond 2⁵³ is inexact, but stays far above any length that a file can have.
    const length = shape.reduce((product, size) => product * size, bytesOf[dtype]);
    if (length !== end - begin) {
      fail(
        `tensor ${quoted(name)} of shape [${shape.join(", ")}] needs ${length} bytes as ${dtype}, but has ${end - begin}`,
      );
    }
    covered = end;
  }
  if (covered !== bytes.length - start) fail(`${bytes.length - start - covered} bytes at the end belong to no tensor`);

  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, begin, end }] of descriptions) {
    tensors.set(name, readTensor(view, start + begin, (end - begin) / bytesOf[dtype], dtype, shape));
  }
  return { tensors, metadata };
}

function readTensor(view: DataView, start: number, count: number, dtype: TensorType, shape: readonly number[]): Tensor {
  if (dtype === "F64") {
    const data = new Float64Array(count);
    for (let i = 0; i < count; i++) data[i] = view.getFloat64(start + 8 * i, true);
    return { dtype, shape, data };
  }
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = view.getFloat32(start + 4 * i, true);
  return { dtype, shape, data };
}

/** Writes the numbers little-endian, whatever the machine is, and returns the place behind them. */
function writeNumbers(view: DataView, start: number, data: FloatArray): number {
  if (data instanceof Float64Array) {
    for (let i = 0; i < data.length; i++) view.setFloat64(start + 8 * i, data[i], true);
  } else {
    for (let i = 0; i < data.length; i++) view.setFloat32(start + 4 * i, data[i], true);
  }
  return start + data.byteLength;
}

function requireShape(name: string, { dtype, shape, data }: Tensor): void {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!shape.every((size) => Number.isInteger(size) && size >= 0) || count !== data.length) {
    throw new ShapeError(
      `writeSafetensors(): tensor ${quoted(name)} of shape [${shape.join(", ")}] has ${data.length} numbers`,
    );
  }
  if (data.BYTES_PER_ELEMENT !== bytesOf[dtype]) {
    throw new ShapeError(
      `writeSafetensors(): tensor ${quoted(name)} is ${dtype} but has ${data.BYTES_PER_ELEMENT}-byte numbers`,
    );
  }
}

function fail(message: string): never {
  throw new FormatError(`safetensors: ${message}`);
}
