import type { OperationPytorch } from "../../text/pytorch.js";

export const periodic = {
  type: "Periodic",
  definition: [
    "class Periodic(nn.Module):",
    '    """cos(2π f x + phase) of each feature, whole turns taken off first; frequencies and phases are learned."""',
    "",
    "    def __init__(self, features, frequencies):",
    "        super().__init__()",
    "        self.frequency = nn.Parameter(torch.empty(features, frequencies))",
    "        self.phase = nn.Parameter(torch.empty(features, frequencies))",
    "",
    "    def forward(self, X):",
    "        turns = self.frequency * X[:, :, None]",
    "        turns = turns - turns.detach().round()",
    "        return torch.cos(2 * torch.pi * turns + self.phase).flatten(1)",
  ],
  arguments: ({ inputs, n }) => `${inputs}, ${n.frequencies}`,
  parameters: { frequency: { attribute: "frequency" }, phase: { attribute: "phase" } },
} as const satisfies OperationPytorch;
