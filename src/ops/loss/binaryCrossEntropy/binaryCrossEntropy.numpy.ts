import type { Line } from "../../text/lines.js";
import type { LossNumpy } from "../../text/numpy.js";
import { smoothedTargets } from "../smoothedTargets.js";

export const binaryCrossEntropy = {
  losses: ({ Z, units, n: { smoothing } }): readonly Line[] => [
    '"""Mean cross-entropy −[y log a + (1 − y) log(1 − a)], from the logits: no log of 0."""',
    `Z = ${Z}`,
    ...(smoothing === 0 ? [] : [`Y = ${smoothedTargets(smoothing, 2)}`]),
    ["losses = np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))", `(${units} × m)`],
    ...(units > 1 ? [["losses = np.sum(losses, axis=0, keepdims=True)", "(1 × m)"] as const] : []),
  ],
  derivative: ({ A, n: { smoothing } }) => `${A} - ${smoothing === 0 ? "Y" : `(${smoothedTargets(smoothing, 2)})`}`,
} as const satisfies LossNumpy;
