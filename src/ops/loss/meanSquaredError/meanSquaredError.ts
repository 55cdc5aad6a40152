import { Matrix } from "../../../array/matrix.js";
import type { LossDefinition } from "../loss.js";
import { meanSquaredError as traits } from "./meanSquaredError.traits.js";

/**
 * Mean squared error: `ℓ = (1/K) Σₖ (aₖ − yₖ)²` over the K output units (no factor ½, as in scikit-learn's metric, Keras
 * and PyTorch).
 *
 * `dA = 2 (A − Y) / K`, `dZ = dA ∘ g'(Z)` for whatever output activation g.
 */
export const meanSquaredError = {
  ...traits,
  formula: "(2/K) (A − Y)",
  perExample(_Z, A, Y) {
    const result = Matrix.zeros(1, A.columns); // (1 × examples)
    for (let i = 0; i < A.rows; i++) {
      for (let j = 0; j < A.columns; j++) {
        const error = A.data[i * A.columns + j] - Y.data[i * A.columns + j];
        result.data[j] += (error * error) / A.rows;
      }
    }
    return result;
  },
  derivative(_Z, A, Y) {
    const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (units × examples)
    for (let k = 0; k < dA.data.length; k++) dA.data[k] = (2 * (A.data[k] - Y.data[k])) / A.rows;
    return dA;
  },
  chance: ({ mean, meanOf }, outputs) => meanOf((y) => (y - mean) ** 2) / outputs,
  logitOf: (mean) => mean,
  complaint(Y, example) {
    for (let i = 0; i < Y.rows; i++) {
      const y = Y.data[i * Y.columns + example];
      if (!Number.isFinite(y)) return `the target is ${y}; mean squared error needs finite numbers`;
    }
    return undefined;
  },
} as const satisfies LossDefinition;
