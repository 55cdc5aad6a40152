import type { OperationPytorch } from "../../text/pytorch.js";

export const hardSigmoid = { type: "nn.Hardsigmoid" } as const satisfies OperationPytorch;
