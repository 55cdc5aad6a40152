import { pythonNumber } from "../../text/python.js";
import type { OptimizerPytorch } from "../../text/pytorch.js";

export const adam = {
  create({ beta1, beta2, epsilon, weightDecay }, { decaying, others }) {
    const betas = `(${pythonNumber(beta1)}, ${pythonNumber(beta2)})`;
    const numbers = `lr=learning_rate, betas=${betas}, eps=${pythonNumber(epsilon)}`;
    if (weightDecay === 0) return [`optimizer = torch.optim.Adam(model.parameters(), ${numbers})`];
    return [
      "optimizer = torch.optim.AdamW([",
      `    {"params": ${decaying}},`,
      `    {"params": ${others}, "weight_decay": 0},`,
      `], ${numbers}, weight_decay=weight_decay)`,
    ];
  },
  decays: true,
  learningRate: () => "learning_rate",
} as const satisfies OptimizerPytorch;
