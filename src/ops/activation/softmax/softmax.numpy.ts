import type { OperationNumpy } from "../../text/numpy.js";

export const softmax = {
  functions: [
    [
      "def softmax(Z):",
      "    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))",
      "    return e / np.sum(e, axis=0, keepdims=True)",
    ],
  ],
  forward: ({ input: Z }) => `softmax(${Z})`,
  backward: ({ dOutput: dA, output: A }) => `${A} * (${dA} - np.sum(${dA} * ${A}, axis=0, keepdims=True))`,
} as const satisfies OperationNumpy;
