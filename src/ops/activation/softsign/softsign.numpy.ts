import type { OperationNumpy } from "../../text/numpy.js";

export const softsign = {
  forward: ({ input: Z }) => `${Z} / (1 + np.abs(${Z}))`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} / (1 + np.abs(${Z})) ** 2`,
} as const satisfies OperationNumpy;
