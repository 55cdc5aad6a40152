import type { OperationPytorch } from "../../text/pytorch.js";

export const hardTanh = { type: "nn.Hardtanh" } as const satisfies OperationPytorch;
