import type { OperationNumpy } from "../../text/numpy.js";

export const tanh = {
  forward: ({ input: Z }) => `np.tanh(${Z})`,
  backward: ({ dOutput: dA, output: A }) => `${dA} * (1 - ${A} ** 2)`,
} as const satisfies OperationNumpy;
