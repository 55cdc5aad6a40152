import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const momentum = {
  state: ["v"],
  about: () => "Along v, the running average of the gradients.",
  numbers: (n) => ({ beta: pythonNumber(n.momentum) }),
  lines: ["v[name] = beta * v[name] + (1 - beta) * g", "p[name] = p[name] - learning_rate * v[name]"],
} as const satisfies OptimizerNumpy;
