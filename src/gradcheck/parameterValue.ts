import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { OptionError, show } from "../constraint/constraint.js";

/** One parameter as it may be given: a number, a vector, or a matrix as rows of numbers or as a `Matrix`. */
export type ParameterValue =
  | number
  | readonly number[]
  | Float64Array
  | Float32Array
  | readonly (readonly number[] | Float64Array | Float32Array)[]
  | Matrix;

/** What a parameter is made of, so that another of its kind can be made. */
export interface Kind {
  readonly type: "number" | "array" | "rows" | "typedRows" | "typed" | "matrix";
  /** Whether it stores 32 bits a number. */
  readonly single: boolean;
  /** `[rows, columns]` of a matrix, `[length]` of a vector, `[]` of a number. */
  readonly shape: readonly number[];
}

export interface Content extends Kind {
  /** Row after row. */
  readonly values: ArrayLike<number>;
}

/**
 * Kind and numbers of a parameter, or `undefined` where the value has none of its forms.
 *
 * @param name of the value, for messages
 * @throws ShapeError for rows of different lengths, OptionError for an entry that is not a number
 */
export function contentOf(name: string, value: unknown): Content | undefined {
  if (typeof value === "number") return { type: "number", single: false, shape: [], values: [value] };
  if (value instanceof Matrix) {
    return { type: "matrix", single: value.dtype === "float32", shape: value.shape, values: value.data };
  }
  if (isFloatArray(value)) {
    return { type: "typed", single: value instanceof Float32Array, shape: [value.length], values: value };
  }
  if (!Array.isArray(value)) return undefined;
  // `Array.from` fills the holes of a sparse array, which `every` would pass over.
  const rowwise = Array.from(value).every((row) => Array.isArray(row) || isFloatArray(row));
  if (value.length > 0 && rowwise) return rowsOf(name, value);
  return { type: "array", single: false, shape: [value.length], values: numbersOf(name, value) };
}

/** A value of the given kind; `values` are copied. Where `exact` is asked for, 64 bits a number whatever it stored. */
export function parameterOf({ type, single, shape }: Kind, values: Float64Array, exact: boolean): ParameterValue {
  const stored = (part: Float64Array): FloatArray => (single && !exact ? Float32Array.from(part) : part.slice());
  switch (type) {
    case "number":
      return values[0];
    case "array":
      return Array.from(values);
    case "typed":
      return stored(values);
    case "matrix":
      return new Matrix(shape[0], shape[1], stored(values));
    case "rows":
      return rows(shape, values).map((row) => Array.from(row));
    case "typedRows":
      return rows(shape, values).map(stored);
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

function rows([count, columns]: readonly number[], values: Float64Array): Float64Array[] {
  return Array.from({ length: count }, (_, i) => values.subarray(i * columns, (i + 1) * columns));
}

function rowsOf(name: string, value: readonly (readonly unknown[] | FloatArray)[]): Content {
  const columns = value[0].length;
  const values = new Float64Array(value.length * columns);
  for (const [i, row] of value.entries()) {
    if (row.length !== columns) {
      throw new ShapeError(`${name}: row ${i} has ${row.length} entries, row 0 has ${columns}`);
    }
    values.set(isFloatArray(row) ? row : numbersOf(`${name}[${i}]`, row), i * columns);
  }
  const typed = value.every(isFloatArray);
  const single = typed && value.every((row) => row instanceof Float32Array);
  return { type: typed ? "typedRows" : "rows", single, shape: [value.length, columns], values };
}

function numbersOf(name: string, value: readonly unknown[]): number[] {
  // A plain loop: `map` would pass over the holes of a sparse array.
  const numbers: number[] = [];
  for (let i = 0; i < value.length; i++) {
    const entry = value[i];
    if (typeof entry !== "number") throw new OptionError(`${name}[${i}] must be a number, got ${show(entry)}`);
    numbers.push(entry);
  }
  return numbers;
}
