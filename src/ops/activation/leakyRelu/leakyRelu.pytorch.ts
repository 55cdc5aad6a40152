import type { OperationPytorch } from "../../text/pytorch.js";

export const leakyRelu = { type: "nn.LeakyReLU", arguments: ({ n }) => n.slope } as const satisfies OperationPytorch;
