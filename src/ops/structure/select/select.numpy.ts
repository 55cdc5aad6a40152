import type { OperationNumpy } from "../../text/numpy.js";

export const select = {
  symbol: "V",
  forward: ({ input, n }) => `${input}[${n.from}:${n.to}]`,
  backward: ({ dOutput, rows: [rows], n }) => `np.pad(${dOutput}, ((${n.from}, ${rows} - ${n.to}), (0, 0)))`,
} as const satisfies OperationNumpy;
