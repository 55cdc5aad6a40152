import type { OperationNumpy } from "../../text/numpy.js";

export const hardTanh = {
  forward: ({ input: Z }) => `np.clip(${Z}, -1, 1)`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * ((${Z} > -1) & (${Z} <= 1))`,
} as const satisfies OperationNumpy;
