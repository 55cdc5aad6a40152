import { Matrix } from "../array/matrix.js";
import { decodeArray, encodeArray, isNpy, type ReceivedArray } from "./wireArray.js";

/**
 * Values of a program as a check takes them: bytes of `.npy` files become numbers, vectors and matrices of their dtype;
 * numbers and lists stay what they are; objects may hold others.
 *
 * @param name of the value, for messages
 * @throws FormatError for bytes that are damaged
 */
export function fromWire(name: string, value: unknown): unknown {
  if (isNpy(value)) return parameterOf(decodeArray(name, value));
  if (!isObject(value)) return value;
  return mapped(value, (inner, key) => fromWire(`${name}.${key}`, inner));
}

/** Values of a check in the form in which the program gave them; a float64 `.npy` for each `.npy`. */
export function toWire(value: unknown, like: unknown): unknown {
  if (isNpy(like)) return encodeArray(arrayOf(value), "npy");
  if (!isObject(like) || !isObject(value)) return value;
  return mapped(value, (inner, key) => toWire(inner, like[key]));
}

function parameterOf({ shape, dtype, data }: ReceivedArray): unknown {
  const stored = dtype === "float32" ? Float32Array.from(data) : data;
  if (shape.length === 0) return data[0];
  if (shape.length === 1) return stored;
  return new Matrix(shape[0], shape[1], stored);
}

function arrayOf(value: unknown): { shape: readonly number[]; dtype: "float64"; data: Float64Array } {
  if (typeof value === "number") return { shape: [], dtype: "float64", data: Float64Array.of(value) };
  if (value instanceof Matrix) return { shape: value.shape, dtype: "float64", data: Float64Array.from(value.data) };
  const data = Float64Array.from(value as ArrayLike<number>);
  return { shape: [data.length], dtype: "float64", data };
}

/** An object of JSON: neither a list nor null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same keys, even `__proto__`. */
function mapped(object: Readonly<Record<string, unknown>>, map: (value: unknown, key: string) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}
