import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import { log } from "../../../numeric/log.js";
import type { LossDefinition } from "../loss.js";
import { smoothed, smoothedFormula } from "../smoothing.js";
import { surprise } from "../surprise.js";
import { categoricalCrossEntropy as traits } from "./categoricalCrossEntropy.traits.js";

/**
 * Cross-entropy of softmax outputs with one-hot targets: `ℓ = −Σₖ yₖ log aₖ`.
 *
 * Computed from the logits as `ℓ = Σₖ yₖ (M + log Σᵢ e^(zᵢ − M) − zₖ)`, M = maxᵢ zᵢ, which never takes the log of 0.
 * With the softmax, `dZ = A − Y`.
 *
 * `smoothing` s, 0 ≤ s < 1, default 0, takes `(1 − s) yₖ + s/K` for yₖ, K classes, so that no answer can be too sure.
 *
 * Source of the smoothing: Szegedy et al. 2016, "Rethinking the Inception architecture for computer vision", section 7.
 */
export const categoricalCrossEntropy = {
  ...traits,
  formula: ({ smoothing }) => smoothedFormula(smoothing, "K"),
  perExample(Z, _A, Y, { smoothing }) {
    const target = smoothed(smoothing, Z.rows);
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
        const y = target(Y.data[k]);
        if (y !== 0) result.data[j] += y * (logTotal - Z.data[k]);
      }
    }
    return result;
  },
  derivative(_Z, A, Y, { smoothing }) {
    const target = smoothed(smoothing, A.rows);
    const dZ = Matrix.zeros(A.rows, A.columns, A.dtype); // (classes × examples)
    for (let k = 0; k < dZ.data.length; k++) dZ.data[k] = A.data[k] - target(Y.data[k]);
    return dZ;
  },
  guess: ({ mean }, classes, { smoothing }) => smoothed(smoothing, classes)(mean),
  chance: ({ mean }, classes, { smoothing }) => surprise(smoothed(smoothing, classes)(mean)),
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
