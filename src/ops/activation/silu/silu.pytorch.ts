import type { OperationPytorch } from "../../text/pytorch.js";

export const silu = { type: "nn.SiLU" } as const satisfies OperationPytorch;
