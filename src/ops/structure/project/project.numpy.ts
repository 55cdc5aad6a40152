import type { OperationNumpy } from "../../text/numpy.js";

export const project = {
  symbol: "R",
  forward: ({ input, n }) => `${n.P} @ ${input}`,
  backward: ({ dOutput, n }) => `${n.P}.T @ ${dOutput}`,
  parameters: ({ dOutput, input }) => ({ P: `${dOutput} @ ${input}.T` }),
} as const satisfies OperationNumpy;
