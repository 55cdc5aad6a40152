import type { OperationNumpy } from "../../text/numpy.js";
import { sigmoid } from "../sigmoid/sigmoid.numpy.js";

export const geluTanh = {
  functions: [
    ...sigmoid.functions,
    ["def twice_u(Z):", "    return (8 / np.pi) ** 0.5 * (Z + 0.044715 * Z ** 3)"],
    [
      "def gelu_tanh(Z):",
      '    """½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³), as z σ(2u), which keeps its digits far left."""',
      "    return Z * sigmoid(twice_u(Z))",
    ],
    [
      "def gelu_tanh_derivative(Z):",
      "    v, slope = twice_u(Z), (8 / np.pi) ** 0.5 * (1 + 3 * 0.044715 * Z ** 2)",
      "    return sigmoid(v) * (1 + Z * slope * sigmoid(-v))",
    ],
  ],
  forward: ({ input: Z }) => `gelu_tanh(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * gelu_tanh_derivative(${Z})`,
} as const satisfies OperationNumpy;
