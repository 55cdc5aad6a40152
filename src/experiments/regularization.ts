import type { Dataset } from "../data/dataset.js";
import { pitch } from "../data/generators/pitch.js";
import { dense } from "../network/dense.js";
import { network } from "../network/network.js";
import type { TrainingSpec } from "../training/spec.js";
import type { ExperimentOptions, ExperimentRun } from "./experimentRun.js";
import { trainRuns } from "./trainRun.js";

const models: readonly { name: string; label: string; regularizer: TrainingSpec }[] = [
  { name: "none", label: "no regularization", regularizer: {} },
  { name: "l2", label: "L2, λ = 0.7", regularizer: { l2: 0.7 } },
  // The reference re-seeds its generator with 1 at every iteration, so each step drops the same units.
  { name: "dropout", label: "dropout, keep 0.86", regularizer: { keep: 0.86, dropoutReseed: 1 } },
];

/**
 * The regularization experiment: the same 2-20-3-1 network without regularization, with L2 and with inverted dropout,
 * 30,000 full-batch iterations of gradient descent at α = 0.3, weights randn/√n[l−1] with seed 3.
 *
 * @param data training and test points with two features and two classes; default `pitch` with seeds 1 and 2
 * @returns one run a model: none, l2, dropout
 */
export function regularizationExperiment(
  options: ExperimentOptions & { readonly data?: { readonly train: Dataset; readonly test: Dataset } | undefined } = {},
): Promise<ExperimentRun[]> {
  const data = options.data ?? { train: pitch({ seed: 1 }), test: pitch({ seed: 2 }) };
  const planned = models.map(({ name, label, regularizer }) => ({
    name,
    label,
    network: network({
      inputs: 2,
      layers: [dense(20, "relu"), dense(3, "relu"), dense(1, "sigmoid")],
      initializer: "xavier",
      seed: 3,
    }),
    training: { optimizer: "gradientDescent" as const, learningRate: 0.3, iterations: 30_000, ...regularizer },
  }));
  return trainRuns(planned, data, options);
}
