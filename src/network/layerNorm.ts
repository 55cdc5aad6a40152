import { requireNumber, requireObject } from "../constraint/constraint.js";
import { type LayerNormSpec, layerNormOptions } from "../ops/layer/layerNorm/layerNorm.js";

/**
 * Layer norm, as plain data: `y = γ (x − μ) / √(σ² + ε) + β` with mean and variance over the features of each example, a γ and a β
 * a feature. It is the same in training and prediction, and needs at least 2 features.
 *
 * Source: Ba, Kiros & Hinton 2016, "Layer normalization".
 *
 * @param options `epsilon`: ε, above 0 (default 1e-5)
 * @throws OptionError for another option, and for a number out of range
 *
 * @example
 * import { dense, forward, layerNorm, Matrix, network } from "gradproof";
 * const model = network({ inputs: 2, layers: [layerNorm(), dense(1, "linear")] });
 * const [norm] = forward(model, Matrix.column([1, 3])).cache.values.slice(2); // value 0 is X, 1 what dropout leaves of it
 * norm?.toArray().flat().map((y) => y.toFixed(3)); // => ["-1.000", "1.000"]
 */
export function layerNorm(options: Omit<LayerNormSpec, "type"> = {}): LayerNormSpec {
  const { epsilon } = requireObject("layerNorm(): options", options, ["epsilon"]);
  if (epsilon !== undefined) requireNumber("layerNorm(): epsilon", epsilon, layerNormOptions.epsilon.constraint);
  return { type: "layerNorm", ...options };
}
