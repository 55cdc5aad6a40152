import type { OperationNumpy } from "../../text/numpy.js";
import { tablesText } from "./tableText.js";

export const embedding = {
  functions: [
    [
      "def tables_of(E, shapes):",
      '    """The table of each row of codes, codes × dimension: views of E."""',
      "    ends = np.cumsum([size * dimension for size, dimension in shapes])",
      "    return [table.reshape(shape) for table, shape in zip(np.split(E.ravel(), ends[:-1]), shapes)]",
    ],
    [
      "def look_up(codes, E, shapes):",
      '    """Of each row of codes the rows of its table, one row of codes after the other."""',
      "    return np.vstack([table[row.astype(int)].T for row, table in zip(codes, tables_of(E, shapes))])",
    ],
    [
      "def by_code(codes, dA, E, shapes):",
      '    """The derivative by the tables: each example adds to the row of its code."""',
      "    dE = np.zeros_like(E)",
      "    parts = np.split(dA, np.cumsum([dimension for _, dimension in shapes])[:-1])",
      "    for row, part, table in zip(codes, parts, tables_of(dE, shapes)):",
      "        np.add.at(table, row.astype(int), part.T)",
      "    return dE",
    ],
  ],
  forward: ({ input, n }) => `look_up(${input}, ${n.E}, ${tablesText(n)})`,
  backward: ({ input }) => `np.zeros_like(${input})`,
  parameters: ({ input, dOutput, n }) => ({ E: `by_code(${input}, ${dOutput}, ${n.E}, ${tablesText(n)})` }),
} as const satisfies OperationNumpy;
