import type { OperationNumpy } from "../../text/numpy.js";

export const hardSigmoid = {
  forward: ({ input: Z }) => `np.clip(${Z} + 3, 0, 6) / 6`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * ((${Z} > -3) & (${Z} <= 3)) / 6`,
} as const satisfies OperationNumpy;
