import type { OperationPytorch } from "../../text/pytorch.js";

export const stack = {
  forward: ({ inputs: [first, second] }) => `torch.cat([${first}, ${second}], dim=1)`,
} as const satisfies OperationPytorch;
