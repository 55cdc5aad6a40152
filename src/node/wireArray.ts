import { Buffer } from "node:buffer";
import { say, within } from "../constraint/codedError.js";
import { show } from "../constraint/constraint.js";
import { FormatError, formatErrorIn } from "../data/formatError.js";
import { ByteReader } from "../data/readers/byteReader.js";
import { numbersIn, readHeader, writeNpy } from "../data/readers/npyArray.js";
import type { StoredArray } from "../data/readers/storedArray.js";
import { nodeWords } from "./words.js";

/**
 * How an array stands in a line of JSON: `lists`, nested to any depth (a number alone has none); `npy`, the bytes of a `.npy`
 * file in base64, `{"npy": "k05VTVBZAQB2AHsn…"}`, which keeps its dtype and spares both sides the digits.
 */
export type WireForm = "lists" | "npy";

/** An array of any number of dimensions, its entries in C order: the last index runs fastest. */
export interface WireArray {
  /** `[]` of a number. */
  readonly shape: readonly number[];
  readonly dtype: "float64" | "float32" | "int" | "bool";
  /** Booleans are 0 and 1. Of float64 bytes a view, not a copy. */
  readonly data: Float64Array;
}

/** An array as it came, so that what is sent back can have its form. */
export interface ReceivedArray extends WireArray {
  readonly form: WireForm;
}

/** NumPy has at most 64 dimensions. */
const mostDimensions = 64;

/** Whether a value of JSON stands for an array: a number, a truth value, a list, or `{"npy": …}`. */
export function isWireArray(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean" || Array.isArray(value) || isNpy(value);
}

/**
 * Reads an array from a value of JSON.
 *
 * @param name of the array, for messages
 * @throws FormatError for lists of different lengths, entries that are no numbers, base64 or `.npy` bytes that are damaged,
 *   and for any other value; a shape that claims more than is there is refused before it costs memory
 */
export function decodeArray(name: string, value: unknown): ReceivedArray {
  const text = npyOf(value);
  return text === undefined ? fromLists(name, value) : fromNpy(name, text);
}

/**
 * Writes an array as a value of JSON.
 *
 * @param form `lists` of finite numbers only, since JSON knows no others
 */
export function encodeArray({ shape, dtype, data }: WireArray, form: WireForm): unknown {
  if (form === "npy") return { npy: encodeNpy({ shape, dtype, data }) };
  const entry = (k: number): number | boolean => (dtype === "bool" ? data[k] !== 0 : data[k]);
  const lists = (axis: number, from: number, stride: number): unknown => {
    if (axis === shape.length) return entry(from);
    const inner = stride / shape[axis];
    return Array.from({ length: shape[axis] }, (_, i) => lists(axis + 1, from + i * inner, inner));
  };
  return lists(0, 0, data.length);
}

/** The bytes of an array as a `.npy` file, in base64. */
export function encodeNpy({ shape, dtype, data }: WireArray): string {
  return Buffer.from(writeNpy(shape, data, dtypes[dtype]).buffer).toString("base64");
}

const dtypes = { float64: "<f8", float32: "<f4", int: "<i8", bool: "|b1" } as const;

/** Whether a value is `{"npy": "…"}`. */
export function isNpy(value: unknown): boolean {
  return npyOf(value) !== undefined;
}

function npyOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("npy" in value)) return undefined;
  return typeof value.npy === "string" && Object.keys(value).length === 1 ? value.npy : undefined;
}

function fromNpy(name: string, text: string): ReceivedArray {
  const bytes = Buffer.from(text, "base64");
  // Node passes over what is no base64, and over what follows its end.
  if (bytes.length !== Buffer.byteLength(text, "base64") || text.length % 4 !== 0) {
    throw new FormatError(within(name, say(nodeWords, "wire.base64")));
  }
  try {
    const reader = new ByteReader(bytes, ".npy");
    const header = readHeader(reader);
    const { shape } = header;
    if (shape.length > mostDimensions) throw new FormatError(say(nodeWords, "wire.dimensions"));
    const kind = header.dtype[1];
    const empty = shape.includes(0) && reader.left === 0 && kinds.includes(kind);
    const data = empty ? new Float64Array(0) : inOrder(numbersIn(reader, header));
    const dtype = kind === "b" ? "bool" : kind !== "f" ? "int" : header.dtype.endsWith("8") ? "float64" : "float32";
    return { shape, dtype, data, form: "npy" };
  } catch (thrown) {
    throw formatErrorIn(name, thrown);
  }
}

/** Kinds of numbers in a dtype: floating point, whole, whole from 0, truth values. */
const kinds: readonly (string | undefined)[] = ["f", "i", "u", "b"];

/** The numbers in C order as float64. */
function inOrder({ shape, data, order }: StoredArray): Float64Array {
  if (order === "C" || shape.length < 2) return data instanceof Float64Array ? data : Float64Array.from(data);
  // Entry (i, j, k, …) of an array in Fortran order lies at i + n₀ (j + n₁ (k + …)).
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  const result = new Float64Array(data.length);
  let from = 0;
  for (let k = 0; k < result.length; k++) {
    result[k] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return result;
}

function fromLists(name: string, value: unknown): ReceivedArray {
  const shape: number[] = [];
  let first = value;
  while (Array.isArray(first) && shape.length <= mostDimensions) {
    shape.push(first.length);
    first = first[0];
  }
  if (shape.length > mostDimensions) {
    throw new FormatError(within(name, say(nodeWords, "wire.dimensions")));
  }
  const type = typeof first === "boolean" ? "boolean" : "number";
  const entries: number[] = [];
  const index: number[] = [];
  const place = (): string => name + index.map((i) => `[${i}]`).join("");
  const read = (node: unknown): void => {
    const expected = shape[index.length];
    if (expected === undefined) {
      if (typeof node === type) entries.push(Number(node));
      else throw new FormatError(say(nodeWords, "wire.entry", { array: place(), given: show(node) }));
    } else {
      if (!Array.isArray(node) || node.length !== expected) {
        const found = Array.isArray(node) ? `one of ${node.length}` : show(node);
        throw new FormatError(say(nodeWords, "wire.ragged", { array: place(), found, expected }));
      }
      const axis = index.length;
      for (let i = 0; i < expected; i++) {
        index[axis] = i;
        read(node[i]);
      }
      index.length = axis;
    }
  };
  read(value);
  const dtype = type === "boolean" ? "bool" : "float64";
  return { shape, dtype, data: Float64Array.from(entries), form: "lists" };
}
