import { parseChoice } from "../ops/choice.js";
import { activations } from "../ops/generated/activations.js";
import type { ActivationLayerSpec } from "../ops/layer/activation/activation.js";
import type { ActivationSpec } from "../ops/names.js";

/**
 * An activation as a layer of its own, as plain data: `A = g(Z)`, for where something stands between a dense layer's sums
 * and their activation.
 *
 * @param g sigmoid, tanh, relu, … , softmax (last layer only)
 * @throws OptionError for an activation that is unknown, or has a number out of range
 *
 * @example
 * import { activation, dense } from "gradproof";
 * activation("relu"); // => { type: "activation", activation: "relu" }
 * const layers = [dense(10, "linear"), activation("relu"), dense(1, "sigmoid")]; // as [dense(10, "relu"), dense(1, "sigmoid")]
 */
export function activation(g: ActivationSpec): ActivationLayerSpec {
  return { type: "activation", activation: parseChoice("activation(): g", g, activations) };
}
