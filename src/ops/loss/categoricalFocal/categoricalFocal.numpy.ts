import type { LossNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

/** Minus the logarithm of the probability of the class, and the sum of the others. */
const parts = [
  "Z = Z - np.max(Z, axis=0, keepdims=True)",
  "log_total = np.log(np.sum(np.exp(Z), axis=0, keepdims=True))",
  "surprise = np.sum(Y * (log_total - Z), axis=0, keepdims=True)",
  "others = np.sum((1 - Y) * np.exp(Z - log_total), axis=0, keepdims=True)",
];

export const categoricalFocal = {
  functions: ({ gamma }) => [
    [
      "def focal_derivative(Z, A, Y):",
      '    """The derivative of the focal loss by the logits."""',
      ...parts.map((line) => `    ${line}`),
      `    g = others ** ${pythonNumber(gamma)} * (others + ${pythonNumber(gamma)} * np.exp(-surprise) * surprise)`,
      "    return np.where(Y == 1, -g, g * A / np.maximum(others, np.finfo(A.dtype).tiny))",
    ],
  ],
  losses: ({ Z, n: { gamma } }) => [
    '"""The focal loss, from the logits: no log of 0."""',
    `Z = ${Z}`,
    ...parts,
    [`losses = others ** ${pythonNumber(gamma)} * surprise`, "(1 × m)"],
  ],
  derivative: ({ Z, A }) => `focal_derivative(${Z}, ${A}, Y)`,
} as const satisfies LossNumpy;
