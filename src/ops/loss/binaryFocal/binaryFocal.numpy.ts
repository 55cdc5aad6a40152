import type { LossNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

/** Of what is so: minus the logarithm of its probability, and what the example's cross-entropy is multiplied by. */
const parts = ({ gamma, alpha }: Readonly<Record<string, number>>): string[] => [
  "S = (2 * Y - 1) * Z",
  "surprise = np.maximum(-S, 0) + np.log1p(np.exp(-np.abs(S)))",
  `factor = np.where(Y == 1, ${pythonNumber(alpha)}, ${pythonNumber(1 - alpha)}) * np.exp(-${pythonNumber(gamma)} * (surprise + S))`,
];

export const binaryFocal = {
  functions: (n) => [
    [
      "def focal_derivative(Z, Y):",
      '    """The derivative of the focal loss by the logits."""',
      ...parts(n).map((line) => `    ${line}`),
      "    P = np.exp(-surprise)",
      `    return (1 - 2 * Y) * factor * (${pythonNumber(n.gamma)} * P * surprise + 1 - P)`,
    ],
  ],
  losses: ({ Z, units, n }) => [
    '"""The focal loss of two classes, from the logits: no log of 0."""',
    `Z = ${Z}`,
    ...parts(n),
    ["losses = factor * surprise", `(${units} × m)`],
    ...(units > 1 ? [["losses = np.sum(losses, axis=0, keepdims=True)", "(1 × m)"] as const] : []),
  ],
  derivative: ({ Z }) => `focal_derivative(${Z}, Y)`,
} as const satisfies LossNumpy;
