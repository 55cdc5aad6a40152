import type { Numbers } from "../../choice.js";
import { pythonNumber } from "../../text/python.js";
import type { OptimizerPytorch } from "../../text/pytorch.js";

export const nesterov = {
  create(n) {
    const beta = pythonNumber(n.momentum);
    // PyTorch refuses nesterov without momentum, where both are gradient descent.
    const momentum = n.momentum > 0 ? `momentum=${beta}, nesterov=True` : `momentum=${beta}`;
    return [
      "# PyTorch's v = βv + g is ours, v = βv + (1 − β)g, but for the factor in the learning rate.",
      `optimizer = torch.optim.SGD(model.parameters(), lr=${rate(n)}, ${momentum})`,
    ];
  },
  learningRate: rate,
} as const satisfies OptimizerPytorch;

function rate({ momentum: beta }: Numbers): string {
  return `learning_rate * (1 - ${pythonNumber(beta)})`;
}
