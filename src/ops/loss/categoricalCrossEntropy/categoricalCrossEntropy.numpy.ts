import type { LossNumpy } from "../../text/numpy.js";
import { smoothedTargets } from "../smoothedTargets.js";

export const categoricalCrossEntropy = {
  losses: ({ Z, units, n: { smoothing } }) => [
    '"""Mean cross-entropy −log a of the class each example is of, from the logits: no log of 0."""',
    `Z = ${Z} - np.max(${Z}, axis=0, keepdims=True)`,
    ["log_total = np.log(np.sum(np.exp(Z), axis=0, keepdims=True))", "(1 × m)"],
    ...(smoothing === 0 ? [] : [`Y = ${smoothedTargets(smoothing, units)}`]),
    ["losses = np.sum(Y * (log_total - Z), axis=0, keepdims=True)", "(1 × m)"],
  ],
  derivative: ({ A, units, n: { smoothing } }) =>
    `${A} - ${smoothing === 0 ? "Y" : `(${smoothedTargets(smoothing, units)})`}`,
} as const satisfies LossNumpy;
