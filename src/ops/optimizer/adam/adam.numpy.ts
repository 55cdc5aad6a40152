import { indented, type Line } from "../../text/lines.js";
import type { OptimizerNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const adam = {
  state: ["v", "s", "t"],
  update({ beta1, beta2, epsilon, weightDecay }, decaying): readonly Line[] {
    const betas = `beta1=${pythonNumber(beta1)}, beta2=${pythonNumber(beta2)}`;
    return [
      `def update(p, gradients, v, s, t, ${betas}, epsilon=${pythonNumber(epsilon)}):`,
      ...indented([
        `"""${weightDecay > 0 ? "AdamW" : "Adam"}, step t = 1, 2, …"""`,
        "for name, g in gradients.items():",
        ...(weightDecay > 0
          ? [
              [`    if ${decaying}:`, "AdamW: weights decay apart from their gradients"] as const,
              `        p[name] = p[name] - learning_rate * ${pythonNumber(weightDecay)} * p[name]`,
            ]
          : []),
        ["    v[name] = beta1 * v[name] + (1 - beta1) * g", "mean of the gradients"],
        ["    s[name] = beta2 * s[name] + (1 - beta2) * g ** 2", "mean of their squares"],
        ["    v_hat = v[name] / (1 - beta1 ** t)", "both start at 0: correct for it"],
        "    s_hat = s[name] / (1 - beta2 ** t)",
        "    p[name] = p[name] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)",
      ]),
    ];
  },
} as const satisfies OptimizerNumpy;
