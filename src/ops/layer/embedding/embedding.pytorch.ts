import type { OperationPytorch } from "../../text/pytorch.js";
import { tablesText } from "./tableText.js";

export const embedding = {
  type: "Tables",
  definition: [
    "class Tables(nn.Module):",
    '    """An embedding of each column of codes; E holds the tables, of `shapes` codes × dimension, on end."""',
    "",
    "    def __init__(self, shapes, rows, columns):",
    "        super().__init__()",
    "        self.shapes = shapes",
    "        self.E = nn.Parameter(torch.empty(rows, columns))",
    "",
    "    def forward(self, codes):",
    "        tables = self.E.flatten().split([size * dimension for size, dimension in self.shapes])",
    "        found = zip(codes.long().T, tables, self.shapes)",
    "        return torch.cat([table.view(shape)[column] for column, table, shape in found], dim=1)",
  ],
  arguments({ n }) {
    const tables = tablesText(n);
    const sizes = Object.keys(n).flatMap((name) => (name.startsWith("size") ? [Number(n[name])] : []));
    const dimensions = Object.keys(n).flatMap((name) => (name.startsWith("dimension") ? [Number(n[name])] : []));
    const numbers = sizes.reduce((total, size, i) => total + size * dimensions[i], 0);
    const columns = dimensions.every((dimension) => dimension === dimensions[0]) ? dimensions[0] : 1;
    return `${tables}, ${numbers / columns}, ${columns}`;
  },
  parameters: { E: { attribute: "E" } },
} as const satisfies OperationPytorch;
