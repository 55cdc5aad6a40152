import type { OperationNumpy } from "../../text/numpy.js";

export const leakyRelu = {
  functions: [["def leaky_relu(Z, slope):", "    return np.where(Z > 0, Z, slope * Z)"]],
  forward: ({ input: Z, n }) => `leaky_relu(${Z}, ${n.slope})`,
  backward: ({ dOutput: dA, input: Z, n }) => `${dA} * np.where(${Z} > 0, 1, ${n.slope})`,
} as const satisfies OperationNumpy;
