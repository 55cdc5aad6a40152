import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import { log } from "../../../numeric/log.js";
import { log1p } from "../../../numeric/log1p.js";
import type { LossDefinition } from "../loss.js";
import { smoothed, smoothedFormula } from "../smoothing.js";
import { surprise } from "../surprise.js";
import { binaryCrossEntropy as traits } from "./binaryCrossEntropy.traits.js";

/** Each unit answers one of two classes. */
const classes = 2;

/**
 * Cross-entropy of sigmoid outputs: `ℓ = −[y log a + (1 − y) log(1 − a)]`, summed over the output units.
 *
 * Computed from the logit, `ℓ = max(z, 0) − z y + log(1 + e^−|z|)`, which is the same number where a is neither 0 nor 1
 * and stays finite where it is. With the sigmoid, `dZ = A − Y`.
 *
 * `smoothing` s, 0 ≤ s < 1, default 0, takes `(1 − s) y + s/2` for y, so that no answer can be too sure.
 *
 * Source of the smoothing: Szegedy et al. 2016, "Rethinking the Inception architecture for computer vision", section 7.
 */
export const binaryCrossEntropy = {
  ...traits,
  formula: ({ smoothing }) => smoothedFormula(smoothing, "2"),
  perExample(Z, _A, Y, { smoothing }) {
    const target = smoothed(smoothing, classes);
    const result = Matrix.zeros(1, Z.columns); // (1 × examples)
    for (let i = 0; i < Z.rows; i++) {
      for (let j = 0; j < Z.columns; j++) {
        const z = Z.data[i * Z.columns + j];
        result.data[j] += Math.max(z, 0) - z * target(Y.data[i * Z.columns + j]) + log1p(exp(-Math.abs(z)));
      }
    }
    return result;
  },
  derivative(_Z, A, Y, { smoothing }) {
    const target = smoothed(smoothing, classes);
    const dZ = Matrix.zeros(A.rows, A.columns, A.dtype); // (units × examples)
    for (let k = 0; k < dZ.data.length; k++) dZ.data[k] = A.data[k] - target(Y.data[k]);
    return dZ;
  },
  guess: ({ mean }, _outputs, { smoothing }) => smoothed(smoothing, classes)(mean),
  chance({ mean }, _outputs, { smoothing }) {
    const share = smoothed(smoothing, classes)(mean);
    return surprise(share) + surprise(1 - share);
  },
  logitOf: (share) => log(share) - log(1 - share),
  complaint(Y, example) {
    for (let i = 0; i < Y.rows; i++) {
      const y = Y.data[i * Y.columns + example];
      if (y !== 0 && y !== 1) return `the label is ${y}; binary cross-entropy needs labels of 0 and 1`;
    }
    return undefined;
  },
} as const satisfies LossDefinition;
