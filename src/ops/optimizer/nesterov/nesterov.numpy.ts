import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const nesterov = {
  state: ["v"],
  update: ({ momentum: beta }) => [
    `def update(p, gradients, v, beta=${pythonNumber(beta)}):`,
    '    """Along v, the running average of the gradients, taken one step ahead."""',
    "    for name, g in gradients.items():",
    "        v[name] = beta * v[name] + (1 - beta) * g",
    "        p[name] = p[name] - learning_rate * (beta * v[name] + (1 - beta) * g)",
  ],
} as const satisfies OptimizerNumpy;
