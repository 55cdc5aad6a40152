import type { OperationPytorch } from "../../text/pytorch.js";

export const featurewise = {
  type: "Featurewise",
  definition: [
    "class Featurewise(nn.Module):",
    '    """A linear map of the numbers that stand for each feature: `rows` of them, one feature after the other."""',
    "",
    "    def __init__(self, rows, dimension):",
    "        super().__init__()",
    "        self.rows = rows",
    "        self.map = nn.Parameter(torch.empty(sum(rows), dimension))",
    "        self.shift = nn.Parameter(torch.empty(len(rows) * dimension))",
    "",
    "    def forward(self, A):",
    "        parts = zip(A.split(self.rows, dim=1), self.map.split(self.rows))",
    "        return torch.cat([a @ m for a, m in parts], dim=1) + self.shift",
  ],
  arguments: ({ n }) => {
    const rows = Object.keys(n).flatMap((name) => (name.startsWith("rows") ? [n[name]] : []));
    return `[${rows.join(", ")}], ${n.dimension}`;
  },
  parameters: { map: { attribute: "map" }, shift: { attribute: "shift", flat: true } },
} as const satisfies OperationPytorch;
