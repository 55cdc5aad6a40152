import type { OperationNumpy } from "../../text/numpy.js";

export const dense = {
  symbol: "Z",
  forward: ({ input, n }) => `${n.W} @ ${input} + ${n.b}`,
  backward: ({ dOutput, n }) => `${n.W}.T @ ${dOutput}`,
  parameters: ({ dOutput, input }) => ({
    W: `${dOutput} @ ${input}.T`,
    b: `np.sum(${dOutput}, axis=1, keepdims=True)`,
  }),
} as const satisfies OperationNumpy;
