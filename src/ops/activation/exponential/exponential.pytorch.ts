import type { OperationPytorch } from "../../text/pytorch.js";

export const exponential = {
  type: "Exponential",
  definition: [
    "class Exponential(nn.Module):",
    '    """e^Z"""',
    "",
    "    def forward(self, Z):",
    "        return torch.exp(Z)",
  ],
} as const satisfies OperationPytorch;
