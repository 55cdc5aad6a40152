import type { OperationPytorch } from "../../text/pytorch.js";

export const members = {
  type: "SharedLinear",
  definition: [
    "class SharedLinear(nn.Module):",
    '    """s (W (r A)) + b of each of k members; in a tensor the numbers of a member follow those of the one before."""',
    "",
    "    def __init__(self, inputs, units, k):",
    "        super().__init__()",
    "        self.weight = nn.Parameter(torch.zeros(units // k, inputs // k))",
    "        self.bias = nn.Parameter(torch.zeros(units))",
    "        self.r = nn.Parameter(torch.ones(k, inputs // k))",
    "        self.s = nn.Parameter(torch.ones(k, units // k))",
    "",
    "    def forward(self, A):",
    "        scaled = self.r * A.reshape(len(A), *self.r.shape)",
    "        return (self.s * F.linear(scaled, self.weight)).reshape(len(A), -1) + self.bias",
  ],
  arguments: ({ inputs, units, members: count }) => `${inputs}, ${units}, ${count}`,
  parameters: {
    W: { attribute: "weight" },
    b: { attribute: "bias", flat: true },
    r: { attribute: "r" },
    s: { attribute: "s" },
  },
} as const satisfies OperationPytorch;
