import type { LossPytorch } from "../../text/pytorch.js";

/** PyTorch leaves out what the targets alone decide, by which a rate that is its count costs 0. */
export const poisson = {
  losses: () => '(F.poisson_nll_loss(output, Y, reduction="none") - Y + torch.xlogy(Y, Y)).mean(dim=1)',
  predictions: "torch.exp(output)",
} as const satisfies LossPytorch;
