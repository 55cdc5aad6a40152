import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const nadam = {
  state: ["v", "s", "t"],
  about: () => "NAdam, step t = 1, 2, …",
  numbers: (n) => ({
    beta1: pythonNumber(n.beta1),
    beta2: pythonNumber(n.beta2),
    epsilon: pythonNumber(n.epsilon),
    psi: pythonNumber(n.momentumDecay),
  }),
  before: [
    ["mus = beta1 * (1 - 0.5 * 0.96 ** (psi * np.arange(1, t + 2)))", "momentum of steps 1 … t + 1"],
    "mu, mu_next, product = mus[-2], mus[-1], np.prod(mus[:-1])",
  ],
  lines: [
    ["v[name] = beta1 * v[name] + (1 - beta1) * g", "mean of the gradients"],
    ["s[name] = beta2 * s[name] + (1 - beta2) * g ** 2", "mean of their squares"],
    ["v_hat = mu_next * v[name] / (1 - product * mu_next)", "all start at 0: correct for it"],
    "g_hat = (1 - mu) * g / (1 - product)",
    "s_hat = s[name] / (1 - beta2 ** t)",
    "p[name] = p[name] - learning_rate * (v_hat + g_hat) / (np.sqrt(s_hat) + epsilon)",
  ],
} as const satisfies OptimizerNumpy;
