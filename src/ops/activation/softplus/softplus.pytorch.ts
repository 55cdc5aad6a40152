import type { OperationPytorch } from "../../text/pytorch.js";

/** From the threshold on PyTorch takes z itself; its own, 20, is 2e-9 off, at 40 nothing is left of that in float64. */
export const softplus = {
  type: "nn.Softplus",
  arguments: () => "threshold=40",
} as const satisfies OperationPytorch;
