import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { OptionError, show } from "../constraint/constraint.js";
import { describeShape } from "./describeShape.js";
import { sizeOf } from "./shape.js";
import { ShapedArray } from "./shapedArray.js";

/** Lists of numbers in lists, to any depth; the innermost may be typed. */
export type NestedNumbers = readonly number[] | Float64Array | Float32Array | readonly NestedNumbers[];

/** One parameter as it may be given: a number, an array of any number of dimensions as lists in lists, or a `Matrix`. */
export type ParameterValue = number | NestedNumbers | Matrix;

/** What a parameter is made of, so that another of its kind can be made. */
export interface Kind {
  /** `nested`: lists to the last axis; `nestedTyped`: typed arrays along the last axis; `typed`: one typed array. */
  readonly type: "number" | "nested" | "nestedTyped" | "typed" | "matrix" | "shaped";
  /** Whether it stores 32 bits a number. */
  readonly single: boolean;
  /** Length of each axis: `[rows, columns]` of a matrix, `[length]` of a vector, `[]` of a number. */
  readonly shape: readonly number[];
}

export interface Content extends Kind {
  /** The last axis is the fastest: a matrix lies row after row. */
  readonly values: ArrayLike<number>;
}

/** Lists in lists, and objects in objects, up to here: nobody uses as many, and a list that holds itself has no end. */
export const mostLevels = 32;

/**
 * Kind and numbers of a parameter, or `undefined` where the value has none of its forms.
 *
 * @param name of the value, for messages
 * @throws ShapeError for lists of different lengths side by side, OptionError for an entry that is not a number
 */
export function contentOf(name: string, value: unknown): Content | undefined {
  if (typeof value === "number") return { type: "number", single: false, shape: [], values: [value] };
  if (value instanceof Matrix) {
    return { type: "matrix", single: value.dtype === "float32", shape: value.shape, values: value.data };
  }
  if (value instanceof ShapedArray) {
    return { type: "shaped", single: value.data instanceof Float32Array, shape: value.shape, values: value.data };
  }
  if (isFloatArray(value)) {
    return { type: "typed", single: value instanceof Float32Array, shape: [value.length], values: value };
  }
  if (!Array.isArray(value)) return undefined;
  const found: Found = { values: [], leaves: 0, typed: 0, single: 0 };
  const shape = gather(name, value, found, 1);
  const isTyped = found.leaves > 0 && found.typed === found.leaves;
  return {
    type: isTyped ? "nestedTyped" : "nested",
    single: isTyped && found.single === found.leaves,
    shape,
    values: found.values,
  };
}

/** A value of the given kind; `values` are copied. Where `exact` is asked for, 64 bits a number whatever it stored. */
export function parameterOf(
  { type, single, shape }: Kind,
  values: Float64Array,
  exact: boolean,
): ParameterValue | ShapedArray {
  const stored = (part: Float64Array): FloatArray => (single && !exact ? Float32Array.from(part) : part.slice());
  switch (type) {
    case "number":
      return values[0];
    case "typed":
      return stored(values);
    case "matrix":
      return new Matrix(shape[0], shape[1], stored(values));
    case "shaped":
      return new ShapedArray(shape, stored(values));
    case "nested":
      return nested(shape, values, (row) => Array.from(row));
    case "nestedTyped":
      return nested(shape, values, stored);
  }
}

/** An object of no class, of whatever realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

export function isFloatArray(value: unknown): value is FloatArray {
  return value instanceof Float64Array || value instanceof Float32Array;
}

/** The numbers of an array so far, and what its innermost lists are. */
interface Found {
  readonly values: number[];
  leaves: number;
  typed: number;
  single: number;
}

/** Adds the numbers of a list and returns its shape. */
function gather(name: string, list: readonly unknown[] | FloatArray, found: Found, depth: number): readonly number[] {
  if (isFloatArray(list)) {
    found.leaves++;
    found.typed++;
    if (list instanceof Float32Array) found.single++;
    for (const value of list) found.values.push(value);
    return [list.length];
  }
  if (list.length === 0 || !isList(list[0])) {
    found.leaves++;
    addNumbers(name, list, found.values);
    return [list.length];
  }
  if (depth >= mostLevels) throw new ShapeError(`${name}: lists in lists in more than ${mostLevels} levels`);
  let first: readonly number[] | undefined;
  for (const [i, entry] of list.entries()) {
    if (!isList(entry)) throw new OptionError(`${name}[${i}] must be a list, as [0] beside it is, got ${show(entry)}`);
    const shape = gather(`${name}[${i}]`, entry, found, depth + 1);
    first ??= shape;
    if (shape.length !== first.length || shape.some((length, axis) => length !== first?.[axis])) {
      throw new ShapeError(`${name}[${i}] is ${describeShape(shape)}, but [0] beside it ${describeShape(first)}`);
    }
  }
  return [list.length, ...(first ?? [])];
}

function isList(value: unknown): value is readonly unknown[] | FloatArray {
  return Array.isArray(value) || isFloatArray(value);
}

function addNumbers(name: string, list: readonly unknown[], values: number[]): void {
  // A plain loop: `map` would pass over the holes of a sparse array.
  for (let i = 0; i < list.length; i++) {
    const entry = list[i];
    if (typeof entry !== "number") throw new OptionError(`${name}[${i}] must be a number, got ${show(entry)}`);
    values.push(entry);
  }
}

function nested(
  shape: readonly number[],
  values: Float64Array,
  leaf: (row: Float64Array) => number[] | FloatArray,
): NestedNumbers {
  if (shape.length === 1) return leaf(values);
  const [count, ...rest] = shape;
  const size = sizeOf(rest);
  return Array.from({ length: count }, (_, i) => nested(rest, values.subarray(i * size, (i + 1) * size), leaf));
}
