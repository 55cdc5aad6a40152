import type { OperationPytorch } from "../../text/pytorch.js";

export const layerNorm = {
  type: "nn.LayerNorm",
  arguments: ({ inputs, n }) => `${inputs}, eps=${n.epsilon}`,
  parameters: { gamma: { attribute: "weight", flat: true }, beta: { attribute: "bias", flat: true } },
} as const satisfies OperationPytorch;
