import type { OperationNumpy } from "../../text/numpy.js";

export const stack = {
  forward: ({ inputs: [first, second] }) => `np.vstack([${first}, ${second}])`,
  backward: ({ dOutput, rows: [first] }) => [`${dOutput}[:${first}]`, `${dOutput}[${first}:]`],
} as const satisfies OperationNumpy;
