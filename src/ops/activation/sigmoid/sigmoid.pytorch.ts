import type { OperationPytorch } from "../../text/pytorch.js";

export const sigmoid = { type: "nn.Sigmoid" } as const satisfies OperationPytorch;
