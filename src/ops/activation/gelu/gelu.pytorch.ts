import type { OperationPytorch } from "../../text/pytorch.js";

export const gelu = { type: "nn.GELU" } as const satisfies OperationPytorch;
