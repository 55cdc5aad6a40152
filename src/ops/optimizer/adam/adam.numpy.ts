import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const adam = {
  state: ["v", "s", "t"],
  about: ({ weightDecay }) => `${weightDecay > 0 ? "AdamW" : "Adam"}, step t = 1, 2, …`,
  numbers: (n) => ({
    beta1: pythonNumber(n.beta1),
    beta2: pythonNumber(n.beta2),
    epsilon: pythonNumber(n.epsilon),
  }),
  lines: [
    ["v[name] = beta1 * v[name] + (1 - beta1) * g", "mean of the gradients"],
    ["s[name] = beta2 * s[name] + (1 - beta2) * g ** 2", "mean of their squares"],
    ["v_hat = v[name] / (1 - beta1 ** t)", "both start at 0: correct for it"],
    "s_hat = s[name] / (1 - beta2 ** t)",
    "p[name] = p[name] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)",
  ],
} as const satisfies OptimizerNumpy;
