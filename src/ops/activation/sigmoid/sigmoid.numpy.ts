import type { OperationNumpy } from "../../text/numpy.js";

export const sigmoid = {
  functions: [
    [
      "def sigmoid(Z):",
      ["    e = np.exp(-np.abs(Z))", "of −|z|, so that nothing overflows"],
      "    return np.where(Z >= 0, 1, e) / (1 + e)",
    ],
  ],
  forward: ({ input: Z }) => `sigmoid(${Z})`,
  backward: ({ dOutput: dA, output: A }) => `${dA} * ${A} * (1 - ${A})`,
} as const satisfies OperationNumpy;
