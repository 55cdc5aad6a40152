import type { OperationNumpy } from "../../text/numpy.js";

export const elu = {
  functions: [
    ["def elu(Z, alpha):", "    return np.where(Z > 0, Z, alpha * np.expm1(np.minimum(Z, 0)))"],
    ["def elu_derivative(Z, alpha):", "    return np.where(Z > 0, 1, alpha * np.exp(np.minimum(Z, 0)))"],
  ],
  forward: ({ input: Z, n }) => `elu(${Z}, ${n.alpha})`,
  backward: ({ dOutput: dA, input: Z, n }) => `${dA} * elu_derivative(${Z}, ${n.alpha})`,
} as const satisfies OperationNumpy;
