import type { OperationNumpy } from "../../text/numpy.js";

export const linear = {
  forward: ({ input: Z }) => Z,
  backward: ({ dOutput: dA }) => dA,
} as const satisfies OperationNumpy;
