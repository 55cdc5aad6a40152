import type { OperationNumpy } from "../../text/numpy.js";

export const gelu = {
  functions: [
    [
      "def normal_cdf(Z):",
      '    """Φ(z), the standard normal distribution; NumPy has none, so Python computes it entry by entry."""',
      "    from math import erfc",
      "    return np.vectorize(lambda z: erfc(-z / 2 ** 0.5) / 2, otypes=[Z.dtype])(Z)",
    ],
    ["def gelu(Z):", "    return Z * normal_cdf(Z)"],
    [
      "def gelu_derivative(Z):",
      '    """Φ(z) + z φ(z)"""',
      "    return normal_cdf(Z) + Z * np.exp(-Z ** 2 / 2) / (2 * np.pi) ** 0.5",
    ],
  ],
  forward: ({ input: Z }) => `gelu(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * gelu_derivative(${Z})`,
} as const satisfies OperationNumpy;
