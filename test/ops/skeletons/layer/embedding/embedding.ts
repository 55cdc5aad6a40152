import { Matrix } from "../../../../../src/array/matrix.js";
import type { LayerDefinition } from "../../../../../src/ops/layer/layer.js";
import type { Operation } from "../../../../../src/ops/op.js";

export interface EmbeddingSpec {
  readonly type: "embedding";
  /** Codes there are, and numbers that stand for each. */
  readonly size: number;
  readonly dimension: number;
}

/** An embedding: of codes 0 … size − 1, a column each of E (dimension × size) in their place; NaN for any other number. */
const lookUp: Operation = {
  keeps: "input",
  shapes: ([{ rows }], { dimension }) => [{ rows: rows * dimension }],
  parameters: (_inputs, { size, dimension }) => [
    { role: "E", rows: dimension, columns: size, start: "initializer", decays: false },
  ],
  forward([codes], { options: { size, dimension }, parameters: [E] }) {
    const m = codes.columns;
    const output = Matrix.zeros(codes.rows * dimension, m, E.dtype); // (rows · dimension × examples)
    for (const [k, code] of codes.data.entries()) {
      const [row, column] = [Math.floor(k / m), k % m];
      const known = Number.isInteger(code) && code >= 0 && code < size;
      for (let d = 0; d < dimension; d++) output.set(row * dimension + d, column, known ? E.get(d, code) : Number.NaN);
    }
    return { outputs: [output] };
  },
  backward([dOutput], { inputs: [codes], options: { size, dimension } }) {
    const m = codes.columns;
    const dE = Matrix.zeros(dimension, size, dOutput.dtype);
    for (const [k, code] of codes.data.entries()) {
      const [row, column] = [Math.floor(k / m), k % m];
      for (let d = 0; d < dimension; d++) dE.set(d, code, dE.get(d, code) + dOutput.get(row * dimension + d, column));
    }
    return { inputs: [Matrix.zeros(codes.rows, m, dOutput.dtype)], parameters: [dE] };
  },
};

export const embedding: Pick<LayerDefinition<EmbeddingSpec>, "parse" | "lower"> = {
  parse: () => ({ type: "embedding", size: 1, dimension: 1 }),
  lower: ({ size, dimension }, input, builder) =>
    builder.add({ op: "embedding", operation: lookUp, inputs: [input], options: { size, dimension } })[0],
};
