import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const rmsprop = {
  state: ["s"],
  update: ({ decay, epsilon }) => [
    `def update(p, gradients, s, beta=${pythonNumber(decay)}, epsilon=${pythonNumber(epsilon)}):`,
    '    """Each gradient over the root of its running mean square s."""',
    "    for name, g in gradients.items():",
    "        s[name] = beta * s[name] + (1 - beta) * g ** 2",
    "        p[name] = p[name] - learning_rate * g / (np.sqrt(s[name]) + epsilon)",
  ],
} as const satisfies OptimizerNumpy;
