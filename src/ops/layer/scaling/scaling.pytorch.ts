import type { OperationPytorch } from "../../text/pytorch.js";

export const scaling = {
  type: "Scaling",
  definition: [
    "class Scaling(nn.Module):",
    '    """A learned factor a feature."""',
    "",
    "    def __init__(self, features):",
    "        super().__init__()",
    "        self.factor = nn.Parameter(torch.ones(features))",
    "",
    "    def forward(self, X):",
    "        return self.factor * X",
  ],
  arguments: ({ inputs }) => String(inputs),
  parameters: { s: { attribute: "factor", flat: true } },
} as const satisfies OperationPytorch;
