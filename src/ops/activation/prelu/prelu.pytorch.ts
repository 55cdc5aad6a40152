import type { OperationPytorch } from "../../text/pytorch.js";

export const prelu = {
  type: "nn.PReLU",
  arguments: ({ units }) => String(units),
  parameters: { slope: { attribute: "weight", flat: true } },
} as const satisfies OperationPytorch;
