import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import { log } from "../../../numeric/log.js";
import { log1p } from "../../../numeric/log1p.js";
import { categoricalCrossEntropy } from "../categoricalCrossEntropy/categoricalCrossEntropy.js";
import { focalChance, focalFormula, power } from "../focal.js";
import type { LossDefinition } from "../loss.js";
import { categoricalFocal as traits } from "./categoricalFocal.traits.js";

/** Of one example: the place of its class, −log p of it, and 1 − p as the sum of the others' probabilities, which loses no digits. */
interface Answer {
  readonly target: number;
  readonly surprise: number;
  readonly q: number;
}

function answerTo(Z: Matrix, Y: Matrix, j: number): Answer {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = j; k < Z.data.length; k += Z.columns) largest = Math.max(largest, Z.data[k]);
  let target = j;
  let others = 0;
  let total = 0;
  for (let k = j; k < Z.data.length; k += Z.columns) {
    const e = exp(Z.data[k] - largest);
    total += e;
    if (Y.data[k] === 1) target = k;
    else others += e;
  }
  const own = exp(Z.data[target] - largest);
  // Of a sure answer, log Σ − z would lose what is left of −log p = log(1 + q/p).
  const surprise = own >= others ? log1p(others / own) : largest + log(total) - Z.data[target];
  return { target, surprise, q: others / total };
}

/**
 * The focal loss of exclusive classes: the cross-entropy of softmax outputs, in which an example counts less the surer its
 * answer is: `ℓ = −(1 − p)^γ log p`, p the probability given to its class. γ ≥ 0, default 2; with γ = 0 it is the cross-entropy.
 * The α of the paper, a factor a class, is here the weight of the class (`classWeight`).
 *
 * The logarithm is computed from the logits, `1 − p` as the sum of the other probabilities. `dZ = (1 − p)^γ (1 − γ p log p / (1 − p))
 * (A − Y)`.
 *
 * Source: Lin, Goyal, Girshick, He & Dollár 2017, "Focal loss for dense object detection", eq. 4.
 */
export const categoricalFocal = {
  ...traits,
  formula: () => focalFormula(""),
  perExample(Z, _A, Y, { gamma }) {
    const result = Matrix.zeros(1, Z.columns); // (1 × examples)
    for (let j = 0; j < Z.columns; j++) {
      const { surprise, q } = answerTo(Z, Y, j);
      result.data[j] = power(q, gamma) * surprise;
    }
    return result;
  },
  derivative(Z, A, Y, { gamma }) {
    const dZ = Matrix.zeros(A.rows, A.columns, A.dtype); // (classes × examples)
    for (let j = 0; j < A.columns; j++) {
      const { target, surprise, q } = answerTo(Z, Y, j);
      const g = power(q, gamma) * (q + gamma * A.data[target] * surprise);
      for (let k = j; k < A.data.length; k += A.columns) dZ.data[k] = q === 0 ? 0 : (g * A.data[k]) / q;
      dZ.data[target] = -g;
    }
    return dZ;
  },
  chance: ({ mean }, _outputs, { gamma }) => focalChance(mean, gamma),
  logitOf: log,
  complaint: (Y, example) => categoricalCrossEntropy.complaint(Y, example),
} as const satisfies LossDefinition;
