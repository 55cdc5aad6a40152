import type { OperationNumpy } from "../../text/numpy.js";

export const selu = {
  functions: [
    [
      "def selu(Z):",
      '    """λ z above 0, λ α (eᶻ − 1) below."""',
      "    return np.where(Z > 0, 1.0507009873554805 * Z, 1.7580993408473768 * np.expm1(np.minimum(Z, 0)))",
    ],
    [
      "def selu_derivative(Z):",
      "    return np.where(Z > 0, 1.0507009873554805, 1.7580993408473768 * np.exp(np.minimum(Z, 0)))",
    ],
  ],
  forward: ({ input: Z }) => `selu(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * selu_derivative(${Z})`,
} as const satisfies OperationNumpy;
