import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const nesterov = {
  state: ["v"],
  about: () => "Along v, the running average of the gradients, taken one step ahead.",
  numbers: (n) => ({ beta: pythonNumber(n.momentum) }),
  lines: [
    "v[name] = beta * v[name] + (1 - beta) * g",
    "p[name] = p[name] - learning_rate * (beta * v[name] + (1 - beta) * g)",
  ],
} as const satisfies OptimizerNumpy;
