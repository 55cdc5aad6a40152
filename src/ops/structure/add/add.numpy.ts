import type { OperationNumpy } from "../../text/numpy.js";

export const add = {
  symbol: "S",
  forward: ({ inputs: [first, second] }) => `${first} + ${second}`,
  backward: ({ dOutput }) => [dOutput, dOutput],
} as const satisfies OperationNumpy;
