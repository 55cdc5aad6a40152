import type { LossNumpy } from "../../text/numpy.js";

export const categoricalCrossEntropy = {
  losses: ({ Z }) => [
    '"""Mean cross-entropy −log a of the class each example is of, from the logits: no log of 0."""',
    `Z = ${Z} - np.max(${Z}, axis=0, keepdims=True)`,
    ["log_total = np.log(np.sum(np.exp(Z), axis=0, keepdims=True))", "(1 × m)"],
    ["losses = np.sum(Y * (log_total - Z), axis=0, keepdims=True)", "(1 × m)"],
  ],
  derivative: ({ A }) => `${A} - Y`,
} as const satisfies LossNumpy;
