import { Matrix } from "../../../array/matrix.js";
import type { Numbers } from "../../choice.js";
import type { Operation } from "../../op.js";

/** Options of the step: numbers that each feature becomes, and the rows that stand for each feature in the input. */
export function featurewiseOptions(dimension: number, rows: readonly number[]): Numbers {
  return { dimension, ...Object.fromEntries(rows.map((count, i) => [`rows${i + 1}`, count])) };
}

/** Where the rows of each feature begin, and how many there are. */
function featuresOf(options: Numbers): readonly { readonly from: number; readonly rows: number }[] {
  let from = 0;
  return Object.values(options)
    .slice(1)
    .map((rows) => {
      from += rows;
      return { from: from - rows, rows };
    });
}

/**
 * A linear map of each feature's own rows: `z = Mᵀ a + b` with M (rows × dimension) and b of that feature alone; one feature
 * below the other. Backward `dM = a dzᵀ`, `db = Σ_columns dz`, `da = M dz`.
 */
export const featurewise = {
  keeps: "input",
  shapes: (_inputs, options) => [{ rows: options.dimension * featuresOf(options).length }],
  parameters: ([{ rows }], options) => [
    { role: "map", rows, columns: options.dimension, start: "initializer", decays: true },
    { role: "shift", rows: options.dimension * featuresOf(options).length, columns: 1, start: 0, decays: false },
  ],
  forward([A], { options, parameters: [M, b] }) {
    const m = A.columns;
    const Z = Matrix.zeros(b.rows, m, A.dtype); // (features · dimension × examples)
    for (const [i, { from, rows }] of featuresOf(options).entries()) {
      for (let d = 0; d < M.columns; d++) {
        const z = Z.rowData(i * M.columns + d).fill(b.data[i * M.columns + d]);
        for (let t = from; t < from + rows; t++) {
          for (let j = 0; j < m; j++) z[j] += M.data[t * M.columns + d] * A.data[t * m + j];
        }
      }
    }
    return { outputs: [Z] };
  },
  backward([dZ], { inputs: [A], options, parameters: [M, b] }) {
    const m = A.columns;
    const dA = Matrix.zeros(A.rows, m, A.dtype); // (rows × examples)
    const dM = Matrix.zeros(M.rows, M.columns, A.dtype); // (rows × dimension)
    const db = Matrix.zeros(b.rows, 1, A.dtype); // (features · dimension × 1)
    for (const [i, { from, rows }] of featuresOf(options).entries()) {
      for (let d = 0; d < M.columns; d++) {
        const row = i * M.columns + d;
        for (let j = 0; j < m; j++) {
          const dz = dZ.data[row * m + j];
          db.data[row] += dz;
          for (let t = from; t < from + rows; t++) {
            dM.data[t * M.columns + d] += A.data[t * m + j] * dz;
            dA.data[t * m + j] += M.data[t * M.columns + d] * dz;
          }
        }
      }
    }
    return { inputs: [dA], parameters: [dM, db] };
  },
} as const satisfies Operation;
