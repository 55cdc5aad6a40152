import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import { log } from "../../../numeric/log.js";
import { sigmoid } from "../../../numeric/sigmoid.js";
import { softplus } from "../../../numeric/softplus.js";
import { binaryCrossEntropy } from "../binaryCrossEntropy/binaryCrossEntropy.js";
import { focalChance, focalFormula } from "../focal.js";
import type { LossDefinition } from "../loss.js";
import { binaryFocal as traits } from "./binaryFocal.traits.js";

/**
 * The focal loss of two classes: the cross-entropy of sigmoid outputs, in which an example counts less the surer its answer
 * is: `ℓ = −αₜ (1 − pₜ)^γ log pₜ`, summed over the output units, pₜ the probability given to what is so. γ ≥ 0, default 2; with
 * γ = 0 it is a weighted cross-entropy. αₜ is α of class 1 and 1 − α of class 0; 0 < α < 1, default 0.25, as in the paper.
 *
 * Computed from the logit: with `s = (2y − 1) z`, `−log pₜ = log(1 + e^−s)` and `(1 − pₜ)^γ = e^(−γ log(1 + e^s))`, which take no
 * logarithm of 0. `dZ = αₜ (1 − pₜ)^γ (1 − γ pₜ log pₜ / (1 − pₜ)) (A − Y)`.
 *
 * Source: Lin, Goyal, Girshick, He & Dollár 2017, "Focal loss for dense object detection", eq. 5.
 */
export const binaryFocal = {
  ...traits,
  formula: () => focalFormula("αₜ "),
  perExample(Z, _A, Y, { gamma, alpha }) {
    const result = Matrix.zeros(1, Z.columns); // (1 × examples)
    for (let k = 0; k < Z.data.length; k++) {
      const [s, weight] = Y.data[k] === 1 ? [Z.data[k], alpha] : [-Z.data[k], 1 - alpha];
      result.data[k % Z.columns] += weight * exp(-gamma * softplus(s)) * softplus(-s);
    }
    return result;
  },
  derivative(Z, _A, Y, { gamma, alpha }) {
    const dZ = Matrix.zeros(Z.rows, Z.columns, Z.dtype); // (units × examples)
    for (let k = 0; k < dZ.data.length; k++) {
      const sign = Y.data[k] === 1 ? 1 : -1;
      const s = sign * Z.data[k];
      const weight = sign === 1 ? alpha : 1 - alpha;
      const slope = gamma * sigmoid(s) * softplus(-s) + sigmoid(-s);
      dZ.data[k] = -sign * weight * exp(-gamma * softplus(s)) * slope;
    }
    return dZ;
  },
  chance: ({ mean }, _outputs, { gamma, alpha }) =>
    alpha * focalChance(mean, gamma) + (1 - alpha) * focalChance(1 - mean, gamma),
  logitOf: (share) => log(share) - log(1 - share),
  complaint: (Y, example) => binaryCrossEntropy.complaint(Y, example),
} as const satisfies LossDefinition;
