import { Matrix } from "../../../../../src/array/matrix.js";
import { cos, sin } from "../../../../../src/numeric/sinCos.js";
import type { LayerDefinition } from "../../../../../src/ops/layer/layer.js";
import type { Operation } from "../../../../../src/ops/op.js";

export interface PeriodicSpec {
  readonly type: "periodic";
  /** Frequencies for each feature. */
  readonly frequencies: number;
}

const turn = 2 * Math.PI;

/**
 * A periodic embedding: of each feature x `sin(2π c x)` and `cos(2π c x)` for k frequencies c that are learned.
 *
 * Source: Gorishniy, Rubachev & Babenko 2022, "On embeddings for numerical features in tabular deep learning", §3.3.
 */
const waves: Operation = {
  keeps: "both",
  shapes: ([{ rows }], { frequencies }) => [{ rows: rows * frequencies * 2 }],
  parameters: ([{ rows }], { frequencies }) => [
    { role: "c", rows, columns: frequencies, start: "initializer", decays: false },
  ],
  forward([X], { parameters: [c] }) {
    const m = X.columns;
    const output = Matrix.zeros(c.data.length * 2, m, X.dtype); // sines above, cosines below
    for (let i = 0; i < c.data.length; i++) {
      const row = Math.floor(i / c.columns);
      for (let j = 0; j < m; j++) {
        const angle = turn * c.data[i] * X.data[row * m + j];
        output.set(i, j, sin(angle));
        output.set(c.data.length + i, j, cos(angle));
      }
    }
    return { outputs: [output] };
  },
  backward([dOutput], { inputs: [X], outputs: [output], parameters: [c] }) {
    const m = X.columns;
    const dX = Matrix.zeros(X.rows, m, X.dtype);
    const dC = Matrix.zeros(c.rows, c.columns, X.dtype);
    for (let i = 0; i < c.data.length; i++) {
      const row = Math.floor(i / c.columns);
      for (let j = 0; j < m; j++) {
        const [sine, cosine] = [output.get(i, j), output.get(c.data.length + i, j)];
        const dAngle = turn * (cosine * dOutput.get(i, j) - sine * dOutput.get(c.data.length + i, j));
        dX.data[row * m + j] += c.data[i] * dAngle;
        dC.data[i] += X.data[row * m + j] * dAngle;
      }
    }
    return { inputs: [dX], parameters: [dC] };
  },
};

export const periodic: Pick<LayerDefinition<PeriodicSpec>, "parse" | "lower"> = {
  parse: () => ({ type: "periodic", frequencies: 1 }),
  lower: ({ frequencies }, input, builder) =>
    builder.add({ op: "periodic", operation: waves, inputs: [input], options: { frequencies } })[0],
};
