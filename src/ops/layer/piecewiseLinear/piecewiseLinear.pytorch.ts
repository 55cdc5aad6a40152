import type { OperationPytorch } from "../../text/pytorch.js";
import { edgesText } from "./piecewiseLinear.numpy.js";

export const piecewiseLinear = {
  type: "PiecewiseLinear",
  definition: [
    "class PiecewiseLinear(nn.Module):",
    '    """How far each bin of each feature is filled; the first goes on below, the last above."""',
    "",
    "    def __init__(self, edges):",
    "        super().__init__()",
    "        self.edges = edges",
    "",
    "    def forward(self, X):",
    "        filled = []",
    "        for x, edges in zip(X.T, self.edges):",
    "            for t, (low, high) in enumerate(zip(edges[:-1], edges[1:])):",
    "                least = -torch.inf if t == 0 else 0",
    "                most = torch.inf if t == len(edges) - 2 else 1",
    "                filled.append(((x - low) / (high - low)).clamp(least, most))",
    "        return torch.stack(filled, dim=1)",
  ],
  arguments: ({ n }) => edgesText(n),
} as const satisfies OperationPytorch;
