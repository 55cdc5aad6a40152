import { Matrix } from "../../../array/matrix.js";
import type { Back, Gradients, Operation } from "../../op.js";
import type { StepBugs } from "../stepBugs.js";
import { normalizeBatch } from "./batchNorm.js";

/** The right gradients of γ and β, with another dX: γ/√(σ² + ε) times what is written of each row. */
function withRow(
  row: (dy: readonly number[], normalized: readonly number[]) => readonly number[],
): Operation["backward"] {
  return ([dY], at: Back): Gradients => {
    const { inputs, cache, parameters } = at;
    const [X, normalizers, gamma] = [inputs[0], cache[0], parameters[0]];
    const m = X.columns;
    const dX = Matrix.zeros(X.rows, m, X.dtype); // (units × examples)
    for (let i = 0; i < X.rows; i++) {
      const [mu, inverse] = [normalizers.get(i, 0), normalizers.get(i, 1)];
      const normalized = Array.from(X.rowData(i), (x) => (x - mu) * inverse);
      const written = row(Array.from(dY.rowData(i)), normalized);
      for (let j = 0; j < m; j++) dX.data[i * m + j] = gamma.data[i] * inverse * written[j];
    }
    return { inputs: [dX], parameters: normalizeBatch.backward([dY], at).parameters };
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Wrong backward passes of batch norm. */
export const batchNorm = {
  bugs: [
    { id: "batchNorm.constantStatistics", backward: withRow((dy) => dy) },
    {
      id: "batchNorm.constantVariance",
      backward: withRow((dy) => {
        const mean = meanOf(dy);
        return dy.map((d) => d - mean);
      }),
    },
  ],
  words: {
    "batchNorm.constantStatistics": ({ steps }) =>
      `backward through ${steps.join(", ")} takes mean and variance of the batch for constants: ` +
      "dX is γ/√(σ² + ε) (dY − (Σ dY + X̂ Σ dY ∘ X̂)/m), not γ/√(σ² + ε) dY",
    "batchNorm.constantVariance": ({ steps }) =>
      `backward through ${steps.join(", ")} takes the variance of the batch for a constant: in dX the term X̂ (Σ dY ∘ X̂)/m is missing`,
  },
} as const satisfies StepBugs;
