import type { OperationPytorch } from "../../text/pytorch.js";

export const add = {
  forward: ({ inputs: [first, second] }) => `${first} + ${second}`,
} as const satisfies OperationPytorch;
