import { Matrix } from "../array/matrix.js";
import type { ExerciseValue, NdArray } from "./value.js";

/** Whether a value is an array that came as one. */
export function isArray(value: ExerciseValue): value is NdArray {
  return typeof value === "object" && value !== null && "data" in value && value.data instanceof Float64Array;
}

/** Whether a value is a list or a tuple. */
export function isList(value: ExerciseValue): value is readonly ExerciseValue[] {
  return Array.isArray(value);
}

/** Whether a value is a dictionary. */
export function isDictionary(value: ExerciseValue): value is Readonly<Record<string, ExerciseValue>> {
  return typeof value === "object" && value !== null && !isArray(value) && !isList(value);
}

/** A value as an array: an array, a number, or lists of numbers nested as deep everywhere and of equal lengths. */
export function arrayOf(value: ExerciseValue): NdArray | undefined {
  if (typeof value === "number") return { shape: [], dtype: "float64", data: Float64Array.of(value) };
  if (typeof value === "boolean") return { shape: [], dtype: "bool", data: Float64Array.of(value ? 1 : 0) };
  if (value === null || typeof value === "string") return undefined;
  if (isArray(value)) return value;
  if (!isList(value)) return undefined;
  const parts: NdArray[] = [];
  for (const entry of value) {
    const part = arrayOf(entry);
    if (part === undefined || !isSameShape(part.shape, (parts[0] ?? part).shape)) return undefined;
    parts.push(part);
  }
  const data = new Float64Array(parts.reduce((size, part) => size + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  const dtype = parts.every((part) => part.dtype === parts[0].dtype) ? (parts[0]?.dtype ?? "float64") : "float64";
  return { shape: [parts.length, ...(parts[0]?.shape ?? [])], dtype, data };
}

export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, k) => size === b[k]);
}

/** A matrix as what a student's function is given. */
export function given(A: Matrix, dtype: NdArray["dtype"] = "float64"): NdArray {
  return { shape: A.shape, dtype, data: Float64Array.from(A.data) };
}

/** A dictionary of matrices as what a student's function is given. */
export function givenAll(all: Readonly<Record<string, Matrix>>): Record<string, NdArray> {
  return Object.fromEntries(Object.entries(all).map(([name, A]) => [name, given(A)]));
}

/** An array of two dimensions as a matrix. */
export function matrixOf({ shape, data }: NdArray): Matrix {
  return new Matrix(shape[0], shape[1], data);
}
