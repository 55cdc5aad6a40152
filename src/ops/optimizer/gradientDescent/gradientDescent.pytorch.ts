import type { OptimizerPytorch } from "../../text/pytorch.js";

export const gradientDescent = {
  create: () => ["optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)"],
  learningRate: () => "learning_rate",
} as const satisfies OptimizerPytorch;
