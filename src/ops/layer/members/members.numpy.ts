import type { OperationNumpy, PythonFunction } from "../../text/numpy.js";

/** The rows of each member. */
export const ofMembers: PythonFunction = [
  "def of_members(A, k):",
  '    """(k · rows × m) as (k × rows × m): the rows of each of k members."""',
  "    return A.reshape(k, -1, A.shape[1])",
];

export const members = {
  symbol: "Z",
  functions: [
    ofMembers,
    [
      "def shared_sums(A, W, b, r, s):",
      '    """s (W (r A)) + b of each member, r and s with a row a member."""',
      "    A = of_members(A, len(r))",
      "    return (s[:, :, None] * (W @ (r[:, :, None] * A))).reshape(len(b), -1) + b",
    ],
    [
      "def shared_sums_backward(dZ, A, W, r, s):",
      '    """Derivatives by A, W, r and s; that by b are sums of dZ."""',
      "    dZ, shape = of_members(dZ, len(r)), A.shape",
      "    A = of_members(A, len(r))",
      "    scaled, G = r[:, :, None] * A, s[:, :, None] * dZ",
      "    H = W.T @ G",
      "    dW = np.sum(G @ scaled.transpose(0, 2, 1), axis=0)",
      "    dr, ds = np.sum(A * H, axis=2), np.sum(dZ * (W @ scaled), axis=2)",
      "    return (r[:, :, None] * H).reshape(shape), dW, dr, ds",
    ],
  ],
  forward: ({ input, n }) => `shared_sums(${input}, ${n.W}, ${n.b}, ${n.r}, ${n.s})`,
  backward: ({ dOutput, input, n }) => `shared_sums_backward(${dOutput}, ${input}, ${n.W}, ${n.r}, ${n.s})[0]`,
  parameters: ({ dOutput, input, n }) => {
    const gradients = `shared_sums_backward(${dOutput}, ${input}, ${n.W}, ${n.r}, ${n.s})`;
    return {
      W: `${gradients}[1]`,
      b: `np.sum(${dOutput}, axis=1, keepdims=True)`,
      r: `${gradients}[2]`,
      s: `${gradients}[3]`,
    };
  },
} as const satisfies OperationNumpy;
