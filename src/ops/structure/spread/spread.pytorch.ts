import type { OperationPytorch } from "../../text/pytorch.js";

export const spread = {
  forward: ({ inputs: [input], n }) => `${input}.repeat(1, ${n.members})`,
} as const satisfies OperationPytorch;
