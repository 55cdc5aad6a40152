import type { OperationPytorch } from "../../text/pytorch.js";

export const project = {
  type: "nn.Linear",
  arguments: ({ inputs, units }) => `${inputs}, ${units}, bias=False`,
  parameters: { P: { attribute: "weight" } },
} as const satisfies OperationPytorch;
