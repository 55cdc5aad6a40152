import { Matrix } from "../../../array/matrix.js";
import type { Operation } from "../../op.js";

/** One value for several members: forward hands each a copy, backward adds what comes back from them. */
export const spread = {
  keeps: "nothing",
  carries: (_output, row, [{ rows }]) => ({ input: 0, row: row % rows }),
  shapes: ([{ rows }], { members }) => [{ rows: members * rows, members }],
  forward([A], { options: { members } }) {
    const output = Matrix.zeros(members * A.rows, A.columns, A.dtype); // (members · rows × examples)
    for (let i = 0; i < members; i++) output.data.set(A.data, i * A.data.length);
    return { outputs: [output] };
  },
  backward([dOutput], { inputs: [A] }) {
    const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (rows × examples)
    for (let k = 0; k < dOutput.data.length; k++) dA.data[k % dA.data.length] += dOutput.data[k];
    return { inputs: [dA], parameters: [] };
  },
} as const satisfies Operation;
