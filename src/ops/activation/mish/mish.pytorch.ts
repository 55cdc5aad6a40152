import type { OperationPytorch } from "../../text/pytorch.js";

export const mish = { type: "nn.Mish" } as const satisfies OperationPytorch;
