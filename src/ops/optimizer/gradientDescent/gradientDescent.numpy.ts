import type { OptimizerNumpy } from "../../text/numpy.js";

export const gradientDescent = {
  state: [],
  update: () => [
    "def update(p, gradients):",
    "    for name in p:",
    "        p[name] = p[name] - learning_rate * gradients[name]",
  ],
} as const satisfies OptimizerNumpy;
