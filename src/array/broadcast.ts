import { requireFunction } from "../constraint/kinds.js";
import type { DType } from "./floatArray.js";
import { Matrix } from "./matrix.js";
import { requireMatrix } from "./requireMatrix.js";
import { ShapeError } from "./shapeError.js";

/** What an elementwise operation takes: a matrix, or a number that stands for a 1 × 1 matrix. */
export type Operand = Matrix | number;

/**
 * Applies `f` to the entries of A and B, broadcast as NumPy does for two dimensions: an axis of length 1 is stretched to
 * the other's length; other lengths must match.
 *
 * `C[i, j] = f(A[i, j], B[i, j])`; the result is float32 only when no operand is float64.
 *
 * @throws ShapeError naming the operation and both shapes.
 * @see https://numpy.org/doc/stable/user/basics.broadcasting.html
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { elementwise } from "gradproof/array";
 * const column = Matrix.column([1, 2]);
 * const row = Matrix.row([10, 20, 30]);
 * elementwise("maximum", column, row, Math.max).toArray(); // => [[10, 20, 30], [10, 20, 30]]
 */
export function elementwise(operation: string, A: Operand, B: Operand, f: (a: number, b: number) => number): Matrix {
  const left = asMatrix(operation, A);
  const right = asMatrix(operation, B);
  requireFunction(`${operation}(): f`, f, "a function of two numbers");
  const rows = broadcastLength(left.rows, right.rows);
  const columns = broadcastLength(left.columns, right.columns);
  if (rows === undefined || columns === undefined) {
    throw new ShapeError(
      `${operation}(): a ${left.rows} × ${left.columns} matrix does not broadcast with a ` +
        `${right.rows} × ${right.columns} matrix: each axis must match or be 1`,
    );
  }
  const C = Matrix.zeros(rows, columns, resultType(A, B)); // (rows × columns)
  const leftRow = left.rows === 1 ? 0 : left.columns;
  const leftColumn = left.columns === 1 ? 0 : 1;
  const rightRow = right.rows === 1 ? 0 : right.columns;
  const rightColumn = right.columns === 1 ? 0 : 1;
  const { data } = C;
  for (let i = 0; i < rows; i++) {
    let a = i * leftRow;
    let b = i * rightRow;
    for (let c = i * columns; c < (i + 1) * columns; c++) {
      data[c] = f(left.data[a], right.data[b]);
      a += leftColumn;
      b += rightColumn;
    }
  }
  return C;
}

/**
 * Entrywise sum A + B with broadcasting.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { add } from "gradproof/array";
 * const Z = Matrix.from([[1, 2, 3], [4, 5, 6]]); // units × examples
 * const b = Matrix.column([10, 20]); // units × 1
 * add(Z, b).toArray(); // => [[11, 12, 13], [24, 25, 26]]
 */
export function add(A: Operand, B: Operand): Matrix {
  return elementwise("add", A, B, (a, b) => a + b);
}

/**
 * Entrywise difference A − B with broadcasting.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { subtract } from "gradproof/array";
 * subtract(Matrix.row([3, 4]), 1).toArray(); // => [[2, 3]]
 */
export function subtract(A: Operand, B: Operand): Matrix {
  return elementwise("subtract", A, B, (a, b) => a - b);
}

/**
 * Entrywise (Hadamard) product A ∘ B with broadcasting; for the matrix product see `product`.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { multiply } from "gradproof/array";
 * multiply(Matrix.row([3, 4]), Matrix.column([1, 2])).toArray(); // => [[3, 4], [6, 8]]
 */
export function multiply(A: Operand, B: Operand): Matrix {
  return elementwise("multiply", A, B, (a, b) => a * b);
}

/**
 * Entrywise quotient A / B with broadcasting. Division by zero follows IEEE 754, as in NumPy.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { divide } from "gradproof/array";
 * divide(Matrix.row([3, 4]), 2).toArray(); // => [[1.5, 2]]
 */
export function divide(A: Operand, B: Operand): Matrix {
  return elementwise("divide", A, B, (a, b) => a / b);
}

/**
 * Applies `f` to every entry: `B[i, j] = f(A[i, j])`, same shape and precision.
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { map } from "gradproof/array";
 * map(Matrix.row([-1, 2]), Math.abs).toArray(); // => [[1, 2]]
 */
export function map(A: Matrix, f: (a: number) => number): Matrix {
  requireMatrix("map(): A", A);
  requireFunction("map(): f", f, "a function of a number");
  const B = Matrix.zeros(A.rows, A.columns, A.dtype);
  for (let k = 0; k < A.data.length; k++) B.data[k] = f(A.data[k]);
  return B;
}

function asMatrix(operation: string, operand: Operand): Matrix {
  if (typeof operand === "number") return Matrix.filled(1, 1, operand);
  requireMatrix(`${operation}(): an operand that is no number`, operand);
  return operand;
}

/** Length of a broadcast axis, or undefined where the lengths do not fit. */
function broadcastLength(a: number, b: number): number | undefined {
  if (a === b || b === 1) return a;
  return a === 1 ? b : undefined;
}

/** A bare number takes the precision of the matrix beside it. */
function resultType(A: Operand, B: Operand): DType {
  if (typeof A === "number") return typeof B === "number" ? "float64" : B.dtype;
  if (typeof B === "number") return A.dtype;
  return A.dtype === "float32" && B.dtype === "float32" ? "float32" : "float64";
}
