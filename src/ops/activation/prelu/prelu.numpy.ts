import type { OperationNumpy } from "../../text/numpy.js";
import { leakyRelu } from "../leakyRelu/leakyRelu.numpy.js";

export const prelu = {
  ...leakyRelu,
  parameters: ({ dOutput: dA, input: Z }) => ({
    slope: `np.sum(${dA} * np.minimum(${Z}, 0), axis=1, keepdims=True)`,
  }),
} as const satisfies OperationNumpy;
