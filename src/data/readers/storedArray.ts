import type { DType } from "../../array/floatArray.js";
import { Matrix } from "../../array/matrix.js";
import { transposeInto } from "../../array/transposeInto.js";
import type { NumberArray } from "./numbers.js";

/** An array as a file holds it: its numbers in the type and the order of the file, perhaps a view on the file's bytes. */
export interface StoredArray {
  readonly shape: readonly number[];
  readonly data: NumberArray;
  /** `C`: the last index runs fastest, as in NumPy and IDX. `F`: the first one, as in Fortran and MATLAB. */
  readonly order: "C" | "F";
}

/** An array of two dimensions as a matrix of its own memory. Default: float32 as it is, every other type as float64. */
export function matrixOf({ shape: [rows, columns], data, order }: StoredArray, dtype?: DType): Matrix {
  const matrix = Matrix.zeros(rows, columns, dtype ?? (data instanceof Float32Array ? "float32" : "float64"));
  if (order === "C") matrix.data.set(data);
  else transposeInto(matrix.data, data, columns, rows); // it lies there as the transposed one, (columns × rows)
  return matrix;
}
