import { pythonNumber } from "../../text/python.js";
import type { OptimizerPytorch } from "../../text/pytorch.js";

export const rmsprop = {
  create({ decay, epsilon }) {
    const numbers = `lr=learning_rate, alpha=${pythonNumber(decay)}, eps=${pythonNumber(epsilon)}`;
    return [`optimizer = torch.optim.RMSprop(model.parameters(), ${numbers})`];
  },
  learningRate: () => "learning_rate",
} as const satisfies OptimizerPytorch;
