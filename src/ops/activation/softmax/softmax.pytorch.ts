import type { OperationPytorch } from "../../text/pytorch.js";

export const softmax = { type: "nn.Softmax", arguments: () => "dim=1" } as const satisfies OperationPytorch;
