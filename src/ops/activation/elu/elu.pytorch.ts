import type { OperationPytorch } from "../../text/pytorch.js";

export const elu = { type: "nn.ELU", arguments: ({ n }) => n.alpha } as const satisfies OperationPytorch;
