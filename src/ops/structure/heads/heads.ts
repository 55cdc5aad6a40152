import { Matrix } from "../../../array/matrix.js";
import { product, productWithTransposed, transposedProduct } from "../../../array/product.js";
import { sum } from "../../../array/reduce.js";
import type { Operation } from "../../op.js";

/** Rows of a member, from 0; as they lie in the matrix of all members' rows. */
export function rowsOfMember({ rows, columns, data }: Matrix, i: number, members: number): Matrix {
  const size = (rows / members) * columns;
  return new Matrix(rows / members, columns, data.subarray(i * size, (i + 1) * size));
}

/**
 * The last layer of members, with weights of each member's own: `Zᵢ = Wᵢ Aᵢ + bᵢ`; backward `dWᵢ = dZᵢ Aᵢᵀ`,
 * `dbᵢ = Σ_columns dZᵢ`, `dAᵢ = Wᵢᵀ dZᵢ`. W and b hold the rows of the members one after the other, as values do.
 */
export const heads = {
  keeps: "input",
  sums: true,
  takesMembers: true,
  shapes: ([{ members = 1 }], { units }) => [{ rows: members * units, members }],
  parameters: ([{ rows, members = 1 }], { units }) => [
    { role: "W", rows: members * units, columns: rows / members, blocks: members, start: "initializer", decays: true },
    { role: "b", rows: members * units, columns: 1, start: 0, decays: false },
  ],
  forward([A], { members, parameters: [W, b] }) {
    const Z = Matrix.zeros(b.rows, A.columns, A.dtype); // (members · units × examples)
    for (let i = 0; i < members; i++) {
      const own = product(rowsOfMember(W, i, members), rowsOfMember(A, i, members)); // (units × examples)
      rowsOfMember(Z, i, members).data.set(own.data);
    }
    for (let i = 0; i < Z.rows; i++) {
      for (let k = i * Z.columns; k < (i + 1) * Z.columns; k++) Z.data[k] += b.data[i];
    }
    return { outputs: [Z] };
  },
  backward([dZ], { inputs: [A], members, parameters: [W] }) {
    const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (members · inputs × examples)
    const dW = Matrix.zeros(W.rows, W.columns, A.dtype); // (members · units × inputs)
    for (let i = 0; i < members; i++) {
      const dZi = rowsOfMember(dZ, i, members); // (units × examples)
      rowsOfMember(dA, i, members).data.set(transposedProduct(rowsOfMember(W, i, members), dZi).data);
      rowsOfMember(dW, i, members).data.set(productWithTransposed(dZi, rowsOfMember(A, i, members)).data);
    }
    return { inputs: [dA], parameters: [dW, sum(dZ, "columns")] };
  },
} as const satisfies Operation;
