import type { OperationNumpy } from "../../text/numpy.js";

export const relu = {
  functions: [["def relu(Z):", "    return np.maximum(Z, 0)"]],
  forward: ({ input: Z }) => `relu(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * (${Z} > 0)`,
} as const satisfies OperationNumpy;
