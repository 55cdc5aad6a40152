import { Matrix } from "../../array/matrix.js";
import type { ExerciseValue } from "../../exercises/value.js";
import { isList, isNdArray, isRecord, UnreadableValue } from "./wireValue.js";

/** Lists within lists; those of an exercise have 3. */
const deepest = 16;

/** A value as a function in TypeScript takes it: an array as nested lists of numbers, a mask of 0 and 1. */
export function toModule(value: ExerciseValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(toModule);
  if (!isNdArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toModule(inner)]));
  }
  const { shape, data } = value;
  const lists = (axis: number, from: number, size: number): unknown => {
    if (axis === shape.length) return data[from];
    const inner = size / shape[axis];
    return Array.from({ length: shape[axis] }, (_, i) => lists(axis + 1, from + i * inner, inner));
  };
  return lists(0, 0, data.length);
}

/**
 * A value that a function in TypeScript returned. Nested lists of numbers, or of truth values, that are as long as those beside
 * them are an array; so are a Matrix and a typed array.
 *
 * @throws UnreadableValue where it is of no kind that an exercise knows
 */
export function fromModule(value: unknown, depth = 0): ExerciseValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  if (value instanceof Float64Array || value instanceof Float32Array) {
    return array([value.length], Float64Array.from(value), false);
  }
  // A Matrix may be of another copy of the library.
  if (value instanceof Matrix || (isRecord(value) && value.data instanceof Float64Array)) {
    const { rows, columns, data } = value as Matrix;
    return array([rows, columns], Float64Array.from(data), false);
  }
  if (depth === deepest) throw new UnreadableValue("lists within lists without end");
  if (Array.isArray(value)) return arrayOf(value) ?? value.map((inner) => fromModule(inner, depth + 1));
  if (isRecord(value) && isPlain(value)) {
    const inner = Object.entries(value).map(([name, field]) => [name, fromModule(field, depth + 1)] as const);
    return Object.fromEntries(inner);
  }
  throw new UnreadableValue(typeof value === "object" ? `a ${value.constructor.name}` : `a ${typeof value}`);
}

function array(shape: readonly number[], data: Float64Array, isBoolean: boolean): ExerciseValue {
  return { shape, dtype: isBoolean ? "bool" : "float64", data };
}

/** Nested lists as an array, where they are one. */
function arrayOf(lists: readonly unknown[]): ExerciseValue | undefined {
  const shape: number[] = [];
  let first: unknown = lists;
  while (Array.isArray(first) && shape.length < deepest) {
    shape.push(first.length);
    first = first[0];
  }
  const type = typeof first;
  if (type !== "number" && type !== "boolean") return undefined;
  const entries: number[] = [];
  const fits = (node: unknown, axis: number): boolean => {
    if (axis === shape.length) {
      entries.push(Number(node));
      return typeof node === type;
    }
    return Array.isArray(node) && node.length === shape[axis] && node.every((inner) => fits(inner, axis + 1));
  };
  return fits(lists, 0) ? array(shape, Float64Array.from(entries), type === "boolean") : undefined;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype.
  return prototype === null || (isRecord(prototype) && Object.getPrototypeOf(prototype) === null);
}
