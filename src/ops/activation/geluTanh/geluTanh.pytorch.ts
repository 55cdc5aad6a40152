import type { OperationPytorch } from "../../text/pytorch.js";

export const geluTanh = { type: "nn.GELU", arguments: () => 'approximate="tanh"' } as const satisfies OperationPytorch;
