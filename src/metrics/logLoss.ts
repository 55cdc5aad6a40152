import type { Matrix } from "../array/matrix.js";
import { requireLabels } from "./requireLabels.js";

/**
 * Cross-entropy of probabilities, in nats an example.
 *
 * - two classes: `−(1/m) Σ [y log p + (1 − y) log(1 − p)]`
 * - several: `−(1/m) Σ log p` of each example's own class
 *
 * Probabilities are first clipped to `[ε, 1 − ε]` with ε = 2⁻⁵² (2.2e-16), so that a confident mistake costs 36.04 and not
 * Infinity. A network's cost is computed from its logits and needs no clipping: where they differ, the cost is the exact one.
 *
 * @param P probabilities, 1 × examples (two classes) or classes × examples
 * @param Y labels of the same shape: 0 or 1, or one-hot columns
 * @returns 0 or more; log 2 = 0.693 is a coin toss
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a label is not 0 or 1, a column is not one-hot, or a probability is not from 0 to 1
 * @see scikit-learn, `log_loss`
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { logLoss } from "gradproof/metrics";
 * logLoss(Matrix.row([0.5, 0.5]), Matrix.row([1, 0])) === Math.LN2; // => true
 */
export function logLoss(P: Matrix, Y: Matrix): number {
  requireLabels("logLoss", P, Y);
  let sum = 0;
  for (let at = 0; at < P.data.length; at++) {
    const p = P.data[at];
    if (!(p >= 0 && p <= 1)) {
      throw new RangeError(`logLoss(): probabilities must be from 0 to 1, example ${at % P.columns} has ${p}`);
    }
    if (Y.data[at] === 1) sum += logLossOf(p);
    else if (P.rows === 1) sum -= Math.log1p(-clipped(p));
  }
  return sum / P.columns;
}

/** `−log p` of the probability of what was the case. */
export function logLossOf(p: number): number {
  return -Math.log(clipped(p));
}

function clipped(p: number): number {
  return Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON);
}
