import type { OperationPytorch } from "../../text/pytorch.js";

export const tanh = { type: "nn.Tanh" } as const satisfies OperationPytorch;
