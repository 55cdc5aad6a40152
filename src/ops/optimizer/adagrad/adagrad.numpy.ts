import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const adagrad = {
  state: ["s"],
  about: () => "Each gradient over the root of the sum s of its squares.",
  numbers: (n) => ({ epsilon: pythonNumber(n.epsilon) }),
  lines: ["s[name] = s[name] + g ** 2", "p[name] = p[name] - learning_rate * g / (np.sqrt(s[name]) + epsilon)"],
} as const satisfies OptimizerNumpy;
