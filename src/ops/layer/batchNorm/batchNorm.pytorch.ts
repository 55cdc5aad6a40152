import type { OperationPytorch } from "../../text/pytorch.js";

export const batchNorm = {
  type: "nn.BatchNorm1d",
  arguments: ({ inputs, n }) => `${inputs}, eps=${n.epsilon}, momentum=${n.momentum}`,
  parameters: { gamma: { attribute: "weight", flat: true }, beta: { attribute: "bias", flat: true } },
} as const satisfies OperationPytorch;
