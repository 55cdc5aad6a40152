import type { OptimizerNumpy } from "../../text/numpy.js";

export const gradientDescent = {
  state: [],
  lines: ["p[name] = p[name] - learning_rate * g"],
} as const satisfies OptimizerNumpy;
