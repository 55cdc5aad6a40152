import type { OperationNumpy } from "../../text/numpy.js";
import { sigmoid } from "../sigmoid/sigmoid.numpy.js";

export const softplus = {
  functions: [
    ...sigmoid.functions,
    [
      "def softplus(Z):",
      ["    return np.maximum(Z, 0) + np.log1p(np.exp(-np.abs(Z)))", "log(1 + eᶻ), and nothing overflows"],
    ],
  ],
  forward: ({ input: Z }) => `softplus(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * sigmoid(${Z})`,
} as const satisfies OperationNumpy;
