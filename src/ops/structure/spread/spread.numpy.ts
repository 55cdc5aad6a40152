import type { OperationNumpy } from "../../text/numpy.js";

export const spread = {
  forward: ({ input, n }) => `np.tile(${input}, (${n.members}, 1))`,
  backward: ({ dOutput, rows: [rows], n }) => `np.sum(${dOutput}.reshape(${n.members}, ${rows}, -1), axis=0)`,
} as const satisfies OperationNumpy;
