import type { OperationPytorch } from "../../text/pytorch.js";

export const heads = {
  type: "Heads",
  definition: [
    "class Heads(nn.Module):",
    '    """A linear layer of each of k members\' own; in a tensor the numbers of a member follow those of the one before."""',
    "",
    "    def __init__(self, inputs, units, k):",
    "        super().__init__()",
    "        self.k = k",
    "        self.weight = nn.Parameter(torch.zeros(units, inputs // k))",
    "        self.bias = nn.Parameter(torch.zeros(units))",
    "",
    "    def forward(self, A):",
    "        A = A.reshape(len(A), self.k, -1)",
    "        W = self.weight.reshape(self.k, -1, A.shape[2])",
    '        return torch.einsum("kui,mki->mku", W, A).reshape(len(A), -1) + self.bias',
  ],
  arguments: ({ inputs, units, members }) => `${inputs}, ${units}, ${members}`,
  parameters: { W: { attribute: "weight" }, b: { attribute: "bias", flat: true } },
} as const satisfies OperationPytorch;
