import type { OperationNumpy } from "../../text/numpy.js";
import { sigmoid } from "../sigmoid/sigmoid.numpy.js";

export const geluTanh = {
  functions: [
    ...sigmoid.functions,
    [
      "def gelu_tanh_gate(Z):",
      '    """½ (1 + tanh u), u = √(2/π) (z + 0.044715 z³), as σ(2u), which keeps its digits far left."""',
      "    return sigmoid((8 / np.pi) ** 0.5 * (Z + 0.044715 * Z ** 3))",
    ],
    ["def gelu_tanh(Z):", "    return Z * gelu_tanh_gate(Z)"],
    [
      "def gelu_tanh_derivative(Z):",
      "    g = gelu_tanh_gate(Z)",
      "    return g + Z * g * (1 - g) * (8 / np.pi) ** 0.5 * (1 + 3 * 0.044715 * Z ** 2)",
    ],
  ],
  forward: ({ input: Z }) => `gelu_tanh(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * gelu_tanh_derivative(${Z})`,
} as const satisfies OperationNumpy;
