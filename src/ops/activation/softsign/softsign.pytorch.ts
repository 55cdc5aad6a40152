import type { OperationPytorch } from "../../text/pytorch.js";

export const softsign = { type: "nn.Softsign" } as const satisfies OperationPytorch;
