import type { OperationNumpy } from "../../text/numpy.js";

export const scaling = {
  symbol: "N",
  forward: ({ input: X, n }) => `${n.s} * ${X}`,
  backward: ({ dOutput, n }) => `${n.s} * ${dOutput}`,
  parameters: ({ dOutput, input: X }) => ({ s: `np.sum(${dOutput} * ${X}, axis=1, keepdims=True)` }),
} as const satisfies OperationNumpy;
