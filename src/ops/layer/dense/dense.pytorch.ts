import type { OperationPytorch } from "../../text/pytorch.js";

export const dense = {
  type: "nn.Linear",
  arguments: ({ inputs, units }) => `${inputs}, ${units}`,
  parameters: { W: { attribute: "weight" }, b: { attribute: "bias", flat: true } },
} as const satisfies OperationPytorch;
