import { Matrix } from "../../../array/matrix.js";
import type { Operation } from "../../op.js";

/** Two values one below the other; backward hands each its rows. */
export const stack = {
  keeps: "nothing",
  shapes: ([first, second]) => [{ rows: first.rows + second.rows }],
  carries: (_output, row, [first]) => (row < first.rows ? { input: 0, row } : { input: 1, row: row - first.rows }),
  forward([A, B]) {
    const output = Matrix.zeros(A.rows + B.rows, A.columns, A.dtype); // (rows of both × examples)
    output.data.set(A.data);
    output.data.set(B.data, A.data.length);
    return { outputs: [output] };
  },
  backward([dOutput], { inputs: [A, B] }) {
    const m = dOutput.columns;
    const dA = new Matrix(A.rows, m, dOutput.data.slice(0, A.rows * m)); // (rows of A × examples)
    const dB = new Matrix(B.rows, m, dOutput.data.slice(A.rows * m)); // (rows of B × examples)
    return { inputs: [dA, dB], parameters: [] };
  },
} as const satisfies Operation;
