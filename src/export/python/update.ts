import type { Numbers } from "../../ops/choice.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { OptimizerNumpy } from "../../ops/text/numpy.js";

/**
 * `update(p, gradients, …state)`, which changes the parameters p.
 *
 * @param decaying condition on `name`: whether weight decay acts on the parameter
 */
export function updateFunction(text: OptimizerNumpy, n: Numbers, decaying: string): Line[] {
  const numbers = Object.entries(text.numbers?.(n) ?? {}).map(([name, value]) => `${name}=${value}`);
  const about = text.about?.(n);
  const decay: Line[] = [
    [`if ${decaying}:`, "weights decay apart from their gradients"],
    "    p[name] = p[name] - learning_rate * weight_decay * p[name]",
  ];
  return [
    `def update(${["p", "gradients", ...text.state, ...numbers].join(", ")}):`,
    ...indented([
      ...(about === undefined ? [] : [`"""${about}"""`]),
      ...(text.before ?? []),
      "for name, g in gradients.items():",
      ...indented([...(n.weightDecay > 0 ? decay : []), ...text.lines]),
    ]),
  ];
}
