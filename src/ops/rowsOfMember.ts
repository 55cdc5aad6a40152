import { Matrix } from "../array/matrix.js";

/** Rows of a member, from 0; as they lie in the matrix of all members' rows. */
export function rowsOfMember({ rows, columns, data }: Matrix, i: number, members: number): Matrix {
  const size = (rows / members) * columns;
  return new Matrix(rows / members, columns, data.subarray(i * size, (i + 1) * size));
}
