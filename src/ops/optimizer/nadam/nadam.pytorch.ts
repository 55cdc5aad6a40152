import { pythonNumber } from "../../text/python.js";
import type { OptimizerPytorch } from "../../text/pytorch.js";

export const nadam = {
  create({ beta1, beta2, epsilon, momentumDecay }) {
    const betas = `(${pythonNumber(beta1)}, ${pythonNumber(beta2)})`;
    const numbers = `lr=learning_rate, betas=${betas}, eps=${pythonNumber(epsilon)}`;
    return [
      "optimizer = torch.optim.NAdam(",
      `    model.parameters(), ${numbers}, momentum_decay=${pythonNumber(momentumDecay)},`,
      ["    foreach=True,", "without it, PyTorch 1.13 takes the momentum twice"],
      ")",
    ];
  },
  learningRate: () => "learning_rate",
} as const satisfies OptimizerPytorch;
