import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const lion = {
  state: ["v"],
  about: () => "Lion: along the sign of an average of the gradients.",
  numbers: (n) => ({ beta1: pythonNumber(n.beta1), beta2: pythonNumber(n.beta2) }),
  lines: [
    "p[name] = p[name] - learning_rate * np.sign(beta1 * v[name] + (1 - beta1) * g)",
    "v[name] = beta2 * v[name] + (1 - beta2) * g",
  ],
} as const satisfies OptimizerNumpy;
