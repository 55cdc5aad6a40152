export type Matrix = number[][];

export const dot = (A: Matrix, B: Matrix): Matrix =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
export const transpose = (A: Matrix): Matrix => A[0].map((_, j) => A.map((row) => row[j]));
export const each = (A: Matrix, f: (a: number, i: number, j: number) => number): Matrix =>
  A.map((row, i) => row.map((a, j) => f(a, i, j)));
