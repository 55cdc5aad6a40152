import { Matrix } from "../../../array/matrix.js";
import { OptionError } from "../../../constraint/constraint.js";
import type { Operation } from "../../op.js";

/** Rows `from` … `to − 1` of a value; backward gives the others 0. */
export const select = {
  keeps: "nothing",
  carries: (_output, row, _inputs, { from }) => ({ input: 0, row: from + row }),
  shapes([{ rows }], { from, to }) {
    if (to > rows) throw new OptionError(`rows ${from} to ${to} are asked for, the input has ${rows}`);
    return [{ rows: to - from }];
  },
  forward([A], { options: { from, to } }) {
    const m = A.columns;
    return { outputs: [new Matrix(to - from, m, A.data.slice(from * m, to * m))] }; // (chosen rows × examples)
  },
  backward([dOutput], { inputs: [A], options: { from } }) {
    const dA = Matrix.zeros(A.rows, A.columns, dOutput.dtype); // (rows × examples)
    dA.data.set(dOutput.data, from * A.columns);
    return { inputs: [dA], parameters: [] };
  },
} as const satisfies Operation;
