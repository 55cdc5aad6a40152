import type { OperationNumpy } from "../../text/numpy.js";
import { softplus } from "../softplus/softplus.numpy.js";

export const mish = {
  functions: [
    ...softplus.functions,
    ["def mish(Z):", "    return Z * np.tanh(softplus(Z))"],
    ["def mish_derivative(Z):", "    t = np.tanh(softplus(Z))", "    return t + Z * (1 - t ** 2) * sigmoid(Z)"],
  ],
  forward: ({ input: Z }) => `mish(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * mish_derivative(${Z})`,
} as const satisfies OperationNumpy;
