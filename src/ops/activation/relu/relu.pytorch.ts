import type { OperationPytorch } from "../../text/pytorch.js";

export const relu = { type: "nn.ReLU" } as const satisfies OperationPytorch;
