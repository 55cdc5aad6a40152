import { ofMembers } from "../../layer/members/members.numpy.js";
import type { OperationNumpy } from "../../text/numpy.js";

export const heads = {
  symbol: "Z",
  functions: [
    ofMembers,
    [
      "def heads(A, W, b, k):",
      '    """W A + b of each of k members, with the rows of W and b that are its own."""',
      "    return (of_members(W, k) @ of_members(A, k)).reshape(len(b), -1) + b",
    ],
    [
      "def heads_backward(dZ, A, W, k):",
      '    """Derivatives by A and W; that by b are sums of dZ."""',
      "    dZ = of_members(dZ, k)",
      "    dA = of_members(W, k).transpose(0, 2, 1) @ dZ",
      "    dW = dZ @ of_members(A, k).transpose(0, 2, 1)",
      "    return dA.reshape(A.shape), dW.reshape(W.shape)",
    ],
  ],
  forward: ({ input, n, members }) => `heads(${input}, ${n.W}, ${n.b}, ${members})`,
  backward: ({ dOutput, input, n, members }) => `heads_backward(${dOutput}, ${input}, ${n.W}, ${members})[0]`,
  parameters: ({ dOutput, input, n, members }) => ({
    W: `heads_backward(${dOutput}, ${input}, ${n.W}, ${members})[1]`,
    b: `np.sum(${dOutput}, axis=1, keepdims=True)`,
  }),
} as const satisfies OperationNumpy;
