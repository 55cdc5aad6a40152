import type { OperationNumpy } from "../../text/numpy.js";
import { normFunctions } from "../batchNorm/batchNorm.numpy.js";

export const layerNorm = {
  symbol: "N",
  functions: normFunctions,
  forward: ({ input: X, n }) => `${n.gamma} * standardized(${X}, ${n.epsilon}, 0) + ${n.beta}`,
  backward: ({ dOutput, input: X, n }) => `standardized_backward(${n.gamma} * ${dOutput}, ${X}, ${n.epsilon}, 0)`,
  parameters: ({ dOutput, input: X, n }) => ({
    gamma: `np.sum(${dOutput} * standardized(${X}, ${n.epsilon}, 0), axis=1, keepdims=True)`,
    beta: `np.sum(${dOutput}, axis=1, keepdims=True)`,
  }),
} as const satisfies OperationNumpy;
