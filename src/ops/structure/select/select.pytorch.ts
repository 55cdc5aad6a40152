import type { OperationPytorch } from "../../text/pytorch.js";

export const select = {
  forward: ({ inputs: [input], n }) => `${input}[:, ${n.from}:${n.to}]`,
} as const satisfies OperationPytorch;
