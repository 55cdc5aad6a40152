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
import { type Said, say, within } from "../constraint/codedError.js";
import { requireBytes, requireMap, requireRecord } from "../constraint/kinds.js";
import { fromBfloat16, fromFloat16 } from "../data/float16.js";
import { FormatError } from "../data/formatError.js";
import { quoted } from "../data/quoted.js";
import { bytesOf, metadataKey, parseHeader, type TensorType } from "./safetensorsHeader.js";
import { formatsWords } from "./words.js";

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
 * Reads a safetensors file of float64, float32, float16 and bfloat16 tensors; of the last two each number becomes the same
 * one in float32. The result shares no memory with `bytes`.
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
  if (bytes.length < 8) fail(say(formatsWords, "safetensors.short", { bytes: bytes.length }));
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > longestHeader || headerLength > bytes.length - 8) {
    const left = bytes.length - 8;
    const begin = textAtBegin(bytes);
    if (begin !== undefined) fail(say(formatsWords, "safetensors.notBinary", { begin }));
    fail(say(formatsWords, "safetensors.headerLength", { length: `${headerLength}`, left, most: longestHeader }));
  }
  if (bytes[8] !== 0x7b) fail(say(formatsWords, "safetensors.begin"));
  const start = 8 + Number(headerLength);
  const { descriptions, metadata } = parseHeader(bytes.subarray(8, start));

  let covered = 0;
  const inOrder = [...descriptions].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  for (const [name, { dtype, shape, begin, end }] of inOrder) {
    if (begin !== covered || end < begin) {
      fail(say(formatsWords, "safetensors.gap", { name, begin, end, expected: covered }));
    }
    if (end > bytes.length - start) {
      fail(say(formatsWords, "safetensors.outside", { name, end, bytes: bytes.length - start }));
    }
    // A product beyond 2⁵³ is inexact, but stays far above any length that a file can have.
    const length = shape.reduce((product, size) => product * size, bytesOf[dtype]);
    if (length !== end - begin) {
      fail(
        say(formatsWords, "safetensors.size", {
          name,
          shape: shape.join(", "),
          dtype,
          expected: length,
          found: end - begin,
        }),
      );
    }
    covered = end;
  }
  if (covered !== bytes.length - start) {
    fail(say(formatsWords, "safetensors.end", { bytes: bytes.length - start - covered }));
  }

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
  const data = Float32Array.from({ length: count }, (_, i) => {
    if (dtype === "F32") return view.getFloat32(start + 4 * i, true);
    const half = view.getUint16(start + 2 * i, true);
    return dtype === "F16" ? fromFloat16(half) : fromBfloat16(half);
  });
  return { dtype: "F32", shape, data };
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

function fail(said: Said): never {
  throw new FormatError(within("safetensors", said));
}

/** The first characters of a file that begins as texts do: a length of at most 100 MB has a 0 among its first 8 bytes. */
function textAtBegin(bytes: Uint8Array): string | undefined {
  const begin = new TextDecoder().decode(bytes.subarray(0, 24));
  return /^[^\p{Cc}\ufffd]{8}/u.test(begin.replace(/[\r\n\t]/g, " ")) ? begin.split(/[\r\n]/, 1)[0] : undefined;
}
