import { requireNumber } from "../constraint/constraint.js";
import { type DenseSpec, denseConstraints } from "../ops/layer/dense/dense.js";
import type { ActivationSpec, InitializerSpec } from "../ops/names.js";

/**
 * A fully connected layer, as plain data: `Z = W A + b`, `A = g(Z)`.
 *
 * @param units number of units, n[l] ≥ 1
 * @param activation g: sigmoid, tanh, relu, leakyRelu, linear, softmax (last layer only)
 * @param options `initializer` of this layer's weights; `bias`, the value its biases start from (default 0)
 * @throws OptionError when units is not a whole number of at least 1
 *
 * @example
 * import { dense } from "gradproof";
 * dense(10, "relu"); // => { type: "dense", units: 10, activation: "relu" }
 * dense(1, "sigmoid", { initializer: "zeros" }).initializer; // => "zeros"
 */
export function dense(
  units: number,
  activation: ActivationSpec,
  options: { readonly initializer?: InitializerSpec; readonly bias?: number } = {},
): DenseSpec {
  requireNumber("dense(): units", units, denseConstraints.units);
  return { type: "dense", units, activation, ...options };
}
