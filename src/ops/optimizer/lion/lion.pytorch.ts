import { indented, type Line } from "../../text/lines.js";
import { pythonNumber } from "../../text/python.js";
import type { OptimizerPytorch } from "../../text/pytorch.js";

/** torch.optim has none. */
const optimizerClass: readonly Line[] = [
  "class Lion(torch.optim.Optimizer):",
  ...indented([
    '"""Along the sign of an average v of the gradients."""',
    "",
    "def __init__(self, parameters, lr, betas):",
    "    super().__init__(parameters, dict(lr=lr, betas=betas))",
    "",
    "@torch.no_grad()",
    "def step(self):",
    "    for group in self.param_groups:",
    '        beta1, beta2 = group["betas"]',
    '        for parameter in group["params"]:',
    "            g = parameter.grad",
    '            v = self.state[parameter].setdefault("v", torch.zeros_like(parameter))',
    '            parameter.sub_(group["lr"] * torch.sign(beta1 * v + (1 - beta1) * g))',
    "            v.mul_(beta2).add_((1 - beta2) * g)",
  ]),
];

export const lion = {
  functions: [optimizerClass],
  create({ beta1, beta2 }) {
    const betas = `(${pythonNumber(beta1)}, ${pythonNumber(beta2)})`;
    return [`optimizer = Lion(model.parameters(), lr=learning_rate, betas=${betas})`];
  },
  learningRate: () => "learning_rate",
} as const satisfies OptimizerPytorch;
