import { subtract } from "../../../array/broadcast.js";
import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import { log } from "../../../numeric/log.js";
import type { LossDefinition } from "../loss.js";
import { surprise } from "../surprise.js";
import { categoricalCrossEntropy as traits } from "./categoricalCrossEntropy.traits.js";

/**
 * Cross-entropy of softmax outputs with one-hot targets: `ℓ = −Σₖ yₖ log aₖ`.
 *
 * Computed from the logits as `ℓ = Σₖ yₖ (M + log Σᵢ e^(zᵢ − M) − zₖ)`, M = maxᵢ zᵢ, which never takes the log of 0.
 * With the softmax, `dZ = A − Y`.
 */
export const categoricalCrossEntropy = {
  ...traits,
  formula: () => "A − Y",
  perExample(Z, _A, Y) {
    const result = Matrix.zeros(1, Z.columns); // (1 × examples)
    for (let j = 0; j < Z.columns; j++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < Z.rows; i++) largest = Math.max(largest, Z.data[i * Z.columns + j]);
      let total = 0;
      for (let i = 0; i < Z.rows; i++) total += exp(Z.data[i * Z.columns + j] - largest);
      const logTotal = largest + log(total);
      for (let i = 0; i < Z.rows; i++) {
        const k = i * Z.columns + j;
        // A class of weight 0 must not turn an infinite logit into 0 · ∞ = NaN.
        if (Y.data[k] !== 0) result.data[j] += Y.data[k] * (logTotal - Z.data[k]);
      }
    }
    return result;
  },
  derivative: (_Z, A, Y) => subtract(A, Y), // (classes × examples)
  chance: ({ mean }) => surprise(mean),
  evenOdds: (classes) => log(classes),
  logitOf: log,
  complaint(Y, example) {
    let ones = 0;
    for (let i = 0; i < Y.rows; i++) {
      const y = Y.data[i * Y.columns + example];
      if (y === 1) ones++;
      else if (y !== 0) return `entry ${i} is ${y}; categorical cross-entropy needs one-hot columns of 0 and 1`;
    }
    return ones === 1 ? undefined : `the column has ${ones} ones; categorical cross-entropy needs exactly one a column`;
  },
} as const satisfies LossDefinition;
