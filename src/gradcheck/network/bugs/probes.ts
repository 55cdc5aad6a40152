import type { Activation } from "../../../network/activation.js";
import { type Scalar, scalarOf } from "../../../ops/activation/activation.js";

/** Numbers on both sides of where activations bend. */
const probes: readonly number[] = [-5, -2, -0.7, -0.1, 0.1, 0.7, 2, 5];

/** Whether g' is nothing but 0 and 1, so that it makes no difference how often it is applied. */
export function isSwitch(activation: Activation): boolean {
  const g = scalar(activation);
  return g !== undefined && probes.map((z) => g.derivative(z, g.value(z))).every((slope) => slope === 0 || slope === 1);
}

/** Whether g' is computed from a = g(z), so that it is another one where a was changed meanwhile. */
export function readsOutput(activation: Activation): boolean {
  const g = scalar(activation);
  return g !== undefined && probes.some((z) => g.derivative(z, g.value(z)) !== g.derivative(z, 0));
}

/** The activation of one unit; undefined where it does not act on each entry alone. */
function scalar({ pieces, numbers }: Activation): Scalar | undefined {
  return pieces && scalarOf({ pieces }, numbers(0));
}
