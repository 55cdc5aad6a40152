import type { OperationPytorch } from "../../text/pytorch.js";

export const selu = { type: "nn.SELU" } as const satisfies OperationPytorch;
