import type { OperationNumpy } from "../../text/numpy.js";

export const exponential = {
  forward: ({ input: Z }) => `np.exp(${Z})`,
  backward: ({ dOutput: dA, output: A }) => `${dA} * ${A}`,
} as const satisfies OperationNumpy;
