import type { Line } from "../../text/lines.js";
import type { LossNumpy } from "../../text/numpy.js";

export const binaryCrossEntropy = {
  losses: ({ Z, units }): readonly Line[] => [
    '"""Mean cross-entropy −[y log a + (1 − y) log(1 − a)], from the logits: no log of 0."""',
    `Z = ${Z}`,
    ["losses = np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))", `(${units} × m)`],
    ...(units > 1 ? [["losses = np.sum(losses, axis=0, keepdims=True)", "(1 × m)"] as const] : []),
  ],
  derivative: ({ A }) => `${A} - Y`,
} as const satisfies LossNumpy;
