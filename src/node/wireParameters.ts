import { ShapedArray } from "../gradcheck/shapedArray.js";
import { decodeArray, encodeNpy, isNpy, type ReceivedArray, type WireArray } from "./wireArray.js";

/**
 * Values of a program as a check takes them: bytes of `.npy` files become numbers and arrays of their shape; numbers and lists
 * stay what they are; objects may hold others.
 *
 * @param name of the value, for messages
 * @throws FormatError for bytes that are damaged
 */
export function fromWire(name: string, value: unknown): unknown {
  if (isNpy(value)) return parameterOf(decodeArray(name, value));
  if (!isObject(value)) return value;
  return mapped(value, (inner, key) => fromWire(`${name}.${key}`, inner));
}

/**
 * Values of a check as JSON, in the form in which the program gave them; a float64 `.npy` for each `.npy`. Base64 needs no look at
 * each of its characters, as `JSON.stringify` would take.
 */
export function toWire(value: unknown, like: unknown): string {
  if (isNpy(like)) return `{"npy":"${encodeNpy(arrayOf(value))}"}`;
  if (!isObject(like) || !isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${toWire(inner, like[key])}`);
  return `{${entries.join()}}`;
}

function parameterOf({ shape, dtype, data }: ReceivedArray): unknown {
  if (shape.length === 0) return data[0];
  return new ShapedArray(shape, dtype === "float32" ? Float32Array.from(data) : data);
}

function arrayOf(value: unknown): WireArray {
  const { shape, data } = value instanceof ShapedArray ? value : { shape: [], data: [Number(value)] };
  return { shape, dtype: "float64", data: Float64Array.from(data) };
}

/** An object of JSON: neither a list nor null. */
export type WireObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same keys, even `__proto__`. */
function mapped(object: WireObject, map: (value: unknown, key: string) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}
