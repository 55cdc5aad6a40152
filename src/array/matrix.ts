import { OptionError, show } from "../constraint/constraint.js";
import { requireList } from "../constraint/kinds.js";
import { type DType, dtypeOf, type FloatArray, zeros } from "./floatArray.js";
import { ShapeError } from "./shapeError.js";

/**
 * A two-dimensional array of numbers, row-major. There are no other ranks: a vector is a column `n × 1` or a row
 * `1 × n`, never a shapeless `(n,)`.
 *
 * Throughout the library **examples are columns**: a data matrix X is features × examples.
 *
 * A Matrix is a window on its `data`; `new Matrix(rows, columns, theta.subarray(a, b))` shares memory with θ.
 *
 * @example
 * import { Matrix } from "gradproof";
 * const A = Matrix.from([[1, 2, 3], [4, 5, 6]]);
 * A.shape; // => [2, 3]
 * A.get(1, 0); // => 4
 * A.toArray(); // => [[1, 2, 3], [4, 5, 6]]
 * Matrix.column([1, 2, 3]).shape; // => [3, 1]
 */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  /** The numbers, row after row: entry (i, j) is at `i * columns + j`. */
  readonly data: FloatArray;

  /**
   * Wraps `data` without copying it.
   *
   * @throws ShapeError when `data` does not hold exactly rows × columns numbers.
   */
  constructor(rows: number, columns: number, data: FloatArray) {
    requireSize(rows, columns);
    if (!(data instanceof Float64Array || data instanceof Float32Array)) {
      throw new OptionError(`Matrix: data must be a Float64Array or a Float32Array, got ${show(data)}`);
    }
    if (data.length !== rows * columns) {
      throw new ShapeError(`Matrix: ${rows} × ${columns} needs ${rows * columns} numbers, got ${data.length}`);
    }
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /** A rows × columns matrix of zeros. */
  static zeros(rows: number, columns: number, dtype: DType = "float64"): Matrix {
    requireSize(rows, columns);
    return new Matrix(rows, columns, zeros(rows * columns, dtype));
  }

  /** A rows × columns matrix whose every entry is `value`. */
  static filled(rows: number, columns: number, value: number, dtype: DType = "float64"): Matrix {
    const result = Matrix.zeros(rows, columns, dtype);
    result.data.fill(value);
    return result;
  }

  /** A matrix from nested arrays, one inner array a row. All rows must have the same length. */
  static from(values: readonly (readonly number[])[], dtype: DType = "float64"): Matrix {
    const nested = "an array of rows, such as [[1, 2], [3, 4]]";
    requireList("Matrix.from(): values", values, nested);
    for (const row of values) requireList("Matrix.from(): values", row, nested);
    const columns = values.length === 0 ? 0 : values[0].length;
    const result = Matrix.zeros(values.length, columns, dtype);
    for (const [i, row] of values.entries()) {
      if (row.length !== columns) {
        throw new ShapeError(`Matrix.from(): row ${i} has ${row.length} entries, row 0 has ${columns}`);
      }
      result.data.set(row, i * columns);
    }
    return result;
  }

  /** An n × 1 matrix. */
  static column(values: ArrayLike<number>, dtype: DType = "float64"): Matrix {
    requireList("Matrix.column(): values", values);
    const result = Matrix.zeros(values.length, 1, dtype);
    result.data.set(values);
    return result;
  }

  /** A 1 × n matrix. */
  static row(values: ArrayLike<number>, dtype: DType = "float64"): Matrix {
    requireList("Matrix.row(): values", values);
    const result = Matrix.zeros(1, values.length, dtype);
    result.data.set(values);
    return result;
  }

  /** `[rows, columns]`. */
  get shape(): [rows: number, columns: number] {
    return [this.rows, this.columns];
  }

  get dtype(): DType {
    return dtypeOf(this.data);
  }

  /** Entry (i, j), both counted from 0. */
  get(i: number, j: number): number {
    this.requireInside(i, j);
    return this.data[i * this.columns + j];
  }

  /** Sets entry (i, j), both counted from 0. */
  set(i: number, j: number, value: number): void {
    this.requireInside(i, j);
    this.data[i * this.columns + j] = value;
  }

  /** Row i as a plain view on the same memory. */
  rowData(i: number): FloatArray {
    this.requireInside(i, 0);
    return this.data.subarray(i * this.columns, (i + 1) * this.columns);
  }

  /** A copy that shares no memory. */
  clone(): Matrix {
    return new Matrix(this.rows, this.columns, this.data.slice());
  }

  /** A copy in the given precision. */
  as(dtype: DType): Matrix {
    const result = Matrix.zeros(this.rows, this.columns, dtype);
    result.data.set(this.data);
    return result;
  }

  /**
   * The columns with the given indices, in that order, as a new matrix. An index may occur more than once.
   *
   * @param dtype default: that of this matrix
   */
  selectColumns(indices: ArrayLike<number>, dtype: DType = this.dtype): Matrix {
    requireList("Matrix.selectColumns(): indices", indices);
    const result = Matrix.zeros(this.rows, indices.length, dtype);
    for (let j = 0; j < indices.length; j++) {
      this.requireInside(0, indices[j]);
    }
    for (let i = 0; i < this.rows; i++) {
      const from = i * this.columns;
      const to = i * indices.length;
      for (let j = 0; j < indices.length; j++) {
        result.data[to + j] = this.data[from + indices[j]];
      }
    }
    return result;
  }

  /** Nested arrays, one inner array a row. */
  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, i) =>
      Array.from(this.data.subarray(i * this.columns, (i + 1) * this.columns)),
    );
  }

  private requireInside(i: number, j: number): void {
    if (!(Number.isInteger(i) && i >= 0 && i < this.rows && Number.isInteger(j) && j >= 0 && j < this.columns)) {
      throw new RangeError(
        `Matrix: entry (${i}, ${j}) is outside a ${this.rows} × ${this.columns} matrix; rows and columns count from 0`,
      );
    }
  }
}

function requireSize(rows: number, columns: number): void {
  if (!(Number.isInteger(rows) && rows >= 0 && Number.isInteger(columns) && columns >= 0)) {
    throw new ShapeError(`Matrix: rows and columns must be whole numbers of at least 0, got ${rows} × ${columns}`);
  }
}
