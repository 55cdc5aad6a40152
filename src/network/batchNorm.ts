import { requireNumber, requireObject } from "../constraint/constraint.js";
import { type BatchNormSpec, batchNormOptions } from "../ops/layer/batchNorm/batchNorm.js";

/**
 * Batch norm, as plain data: `y = γ (x − μ) / √(σ² + ε) + β`, a γ and a β a feature. In training μ and σ² are mean and variance
 * of the feature over the batch, and running averages follow them, `r := (1 − momentum) r + momentum s`, that of the variance
 * with m − 1 in place of m; predictions take these. A batch of training needs at least 2 examples.
 *
 * Source: Ioffe & Szegedy 2015, "Batch normalization"; momentum and variance as in PyTorch.
 *
 * @param options `momentum`: share of a batch in the running averages, above 0 and up to 1 (default 0.1); `epsilon`: ε, above 0
 *   (default 1e-5)
 * @throws OptionError for another option, and for a number out of range
 *
 * @example
 * import { batchNorm, dense, network } from "gradproof";
 * const layers = [dense(8, "linear"), batchNorm({ momentum: 0.05 }), dense(1, "sigmoid")] as const;
 * const model = network({ inputs: 2, layers });
 * model.layout.map(({ name }) => name); // => ["W1", "b1", "gamma1", "beta1", "W2", "b2"]
 * model.state.length; // => 16
 */
export function batchNorm(options: Omit<BatchNormSpec, "type"> = {}): BatchNormSpec {
  const given = requireObject("batchNorm(): options", options, ["momentum", "epsilon"]);
  const { momentum, epsilon } = batchNormOptions;
  if (given.momentum !== undefined) requireNumber("batchNorm(): momentum", given.momentum, momentum.constraint);
  if (given.epsilon !== undefined) requireNumber("batchNorm(): epsilon", given.epsilon, epsilon.constraint);
  return { type: "batchNorm", ...options };
}
