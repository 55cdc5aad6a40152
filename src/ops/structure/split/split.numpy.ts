import type { OperationNumpy } from "../../text/numpy.js";

export const split = {
  backward: ({ dOutputs: [first, second] }) => `${first} + ${second}`,
} as const satisfies OperationNumpy;
