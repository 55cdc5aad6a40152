import { subtract } from "../../../array/broadcast.js";
import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import { log } from "../../../numeric/log.js";
import { log1p } from "../../../numeric/log1p.js";
import type { LossDefinition } from "../loss.js";
import { surprise } from "../surprise.js";
import { binaryCrossEntropy as traits } from "./binaryCrossEntropy.traits.js";

/**
 * Cross-entropy of sigmoid outputs: `ℓ = −[y log a + (1 − y) log(1 − a)]`, summed over the output units.
 *
 * Computed from the logit, `ℓ = max(z, 0) − z y + log(1 + e^−|z|)`, which is the same number where a is neither 0 nor 1
 * and stays finite where it is. With the sigmoid, `dZ = A − Y`.
 */
export const binaryCrossEntropy = {
  ...traits,
  formula: () => "A − Y",
  perExample(Z, _A, Y) {
    const result = Matrix.zeros(1, Z.columns); // (1 × examples)
    for (let i = 0; i < Z.rows; i++) {
      for (let j = 0; j < Z.columns; j++) {
        const z = Z.data[i * Z.columns + j];
        result.data[j] += Math.max(z, 0) - z * Y.data[i * Z.columns + j] + log1p(exp(-Math.abs(z)));
      }
    }
    return result;
  },
  derivative: (_Z, A, Y) => subtract(A, Y), // (units × examples)
  chance: ({ mean }) => surprise(mean) + surprise(1 - mean),
  evenOdds: (outputs) => outputs * Math.LN2,
  logitOf: (mean) => log(mean) - log(1 - mean),
  complaint(Y, example) {
    for (let i = 0; i < Y.rows; i++) {
      const y = Y.data[i * Y.columns + example];
      if (y !== 0 && y !== 1) return `the label is ${y}; binary cross-entropy needs labels of 0 and 1`;
    }
    return undefined;
  },
} as const satisfies LossDefinition;
