import type { Expressions, OperationNumpy } from "../../text/numpy.js";

export const select = {
  symbol: "V",
  functions: [
    [
      "def select_backward(dV, rows, taken):",
      '    """What comes back to the rows that were taken, and 0 to the others."""',
      "    dA = np.zeros((rows, dV.shape[1]), dV.dtype)",
      "    np.add.at(dA, taken, dV)",
      "    return dA",
    ],
  ],
  forward: ({ input, n }) => `${input}[${rowsText(n)}]`,
  backward: ({ dOutput, rows: [rows], n }) => `select_backward(${dOutput}, ${rows}, ${rowsText(n)})`,
} as const satisfies OperationNumpy;

/** The rows as an index of NumPy: a slice, or several put together. */
export function rowsText(n: Expressions): string {
  const slices = Object.keys(n).flatMap((name) =>
    name.startsWith("from") ? [`${n[name]}:${n[name.replace("from", "to")]}`] : [],
  );
  return slices.length === 1 ? `np.s_[${slices[0]}]` : `np.r_[${slices.join(", ")}]`;
}
