import { pythonNumber } from "../../text/python.js";
import type { OptimizerPytorch } from "../../text/pytorch.js";

export const adagrad = {
  create: ({ epsilon }) => [
    `optimizer = torch.optim.Adagrad(model.parameters(), lr=learning_rate, eps=${pythonNumber(epsilon)})`,
  ],
  learningRate: () => "learning_rate",
} as const satisfies OptimizerPytorch;
