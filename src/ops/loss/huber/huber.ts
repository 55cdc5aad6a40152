import { Matrix } from "../../../array/matrix.js";
import type { LossDefinition } from "../loss.js";
import { huber as traits } from "./huber.traits.js";

/** δ: errors up to here cost half their square, larger ones grow with their size. */
const delta = 1;

/** `½ e²` for |e| ≤ δ, `δ (|e| − ½ δ)` beyond. */
function cost(e: number): number {
  const size = Math.abs(e);
  return size <= delta ? 0.5 * e * e : delta * (size - 0.5 * delta);
}

/**
 * Huber's loss: `ℓ = (1/K) Σₖ h(aₖ − yₖ)` over the K output units, with `h(e) = ½ e²` for |e| ≤ δ and `δ (|e| − ½ δ)` beyond;
 * δ = 1.
 *
 * `dA = clip(A − Y, −δ, δ) / K`, `dZ = dA ∘ g'(Z)` for whatever output activation g.
 *
 * Source: Huber 1964, "Robust Estimation of a Location Parameter".
 */
export const huber = {
  ...traits,
  formula: "(1/K) clip(A − Y, −1, 1)",
  perExample(_Z, A, Y) {
    const result = Matrix.zeros(1, A.columns); // (1 × examples)
    for (let i = 0; i < A.rows; i++) {
      for (let j = 0; j < A.columns; j++) {
        result.data[j] += cost(A.data[i * A.columns + j] - Y.data[i * A.columns + j]) / A.rows;
      }
    }
    return result;
  },
  derivative(_Z, A, Y) {
    const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (units × examples)
    for (let k = 0; k < dA.data.length; k++) {
      dA.data[k] = Math.min(Math.max(A.data[k] - Y.data[k], -delta), delta) / A.rows;
    }
    return dA;
  },
  chance: ({ mean, meanOf }, outputs) => meanOf((y) => cost(mean - y)) / outputs,
  logitOf: (mean) => mean,
  complaint(Y, example) {
    for (let i = 0; i < Y.rows; i++) {
      const y = Y.data[i * Y.columns + example];
      if (!Number.isFinite(y)) return `the target is ${y}; the Huber loss needs finite numbers`;
    }
    return undefined;
  },
} as const satisfies LossDefinition;
