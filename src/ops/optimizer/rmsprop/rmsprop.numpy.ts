import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const rmsprop = {
  state: ["s"],
  about: () => "Each gradient over the root of its running mean square s.",
  numbers: (n) => ({ beta: pythonNumber(n.decay), epsilon: pythonNumber(n.epsilon) }),
  lines: [
    "s[name] = beta * s[name] + (1 - beta) * g ** 2",
    "p[name] = p[name] - learning_rate * g / (np.sqrt(s[name]) + epsilon)",
  ],
} as const satisfies OptimizerNumpy;
