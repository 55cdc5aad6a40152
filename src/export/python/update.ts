import type { CompleteOptimizerSpec } from "../../ops/names.js";
import { indented, type Line } from "../lines.js";
import { pythonNumber } from "./literals.js";

/** `update()`: one step of the optimizer, and the names of the averages it keeps. */
export function updateFunction(optimizer: CompleteOptimizerSpec): { readonly lines: Line[]; readonly state: string[] } {
  const number = pythonNumber;
  switch (optimizer.type) {
    case "gradientDescent":
      return {
        state: [],
        lines: [
          "def update(p, gradients):",
          ...indented(["for name in p:", "    p[name] = p[name] - learning_rate * gradients[name]"]),
        ],
      };
    case "momentum":
      return {
        state: ["v"],
        lines: [
          `def update(p, gradients, v, beta=${number(optimizer.momentum)}):`,
          ...indented([
            '"""Along v, the running average of the gradients."""',
            "for name, g in gradients.items():",
            "    v[name] = beta * v[name] + (1 - beta) * g",
            "    p[name] = p[name] - learning_rate * v[name]",
          ]),
        ],
      };
    case "rmsprop":
      return {
        state: ["s"],
        lines: [
          `def update(p, gradients, s, beta=${number(optimizer.decay)}, epsilon=${number(optimizer.epsilon)}):`,
          ...indented([
            '"""Each gradient over the root of its running mean square s."""',
            "for name, g in gradients.items():",
            "    s[name] = beta * s[name] + (1 - beta) * g ** 2",
            "    p[name] = p[name] - learning_rate * g / (np.sqrt(s[name]) + epsilon)",
          ]),
        ],
      };
    case "adam": {
      const { beta1, beta2, epsilon, weightDecay } = optimizer;
      const decay: Line[] =
        weightDecay > 0
          ? [
              ['    if name.startswith("W"):', "AdamW: weights decay apart from their gradients"],
              `        p[name] = p[name] - learning_rate * ${number(weightDecay)} * p[name]`,
            ]
          : [];
      return {
        state: ["v", "s", "t"],
        lines: [
          `def update(p, gradients, v, s, t, beta1=${number(beta1)}, beta2=${number(beta2)}, epsilon=${number(epsilon)}):`,
          ...indented([
            `"""${weightDecay > 0 ? "AdamW" : "Adam"}, step t = 1, 2, …"""`,
            "for name, g in gradients.items():",
            ...decay,
            ["    v[name] = beta1 * v[name] + (1 - beta1) * g", "mean of the gradients"],
            ["    s[name] = beta2 * s[name] + (1 - beta2) * g ** 2", "mean of their squares"],
            ["    v_hat = v[name] / (1 - beta1 ** t)", "both start at 0: correct for it"],
            "    s_hat = s[name] / (1 - beta2 ** t)",
            "    p[name] = p[name] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)",
          ]),
        ],
      };
    }
  }
}
