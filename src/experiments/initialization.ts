import { circles } from "../data/generators/circles.js";
import { dense } from "../network/dense.js";
import { network } from "../network/network.js";
import type { InitializerSpec } from "../ops/names.js";
import type { ExperimentOptions, ExperimentRun } from "./experimentRun.js";
import { trainRuns } from "./trainRun.js";

const starts: readonly { name: string; label: string; initializer: InitializerSpec }[] = [
  { name: "zeros", label: "zeros", initializer: "zeros" },
  { name: "random", label: "random × 10", initializer: { type: "normal", scale: 10 } },
  { name: "he", label: "He", initializer: "he" },
  { name: "xavier", label: "Xavier", initializer: "xavier" },
];

/**
 * The initialization experiment: the same 2-10-5-1 network on two noisy circles from four starts, 15,000 full-batch
 * iterations of gradient descent at α = 0.01, weight seed 3.
 *
 * @returns one run a start: zeros, random × 10, He, Xavier
 */
export function initializationExperiment(options: ExperimentOptions = {}): Promise<ExperimentRun[]> {
  const data = {
    train: circles({ examples: 300, noise: 0.05, seed: 1 }),
    test: circles({ examples: 100, noise: 0.05, seed: 2 }),
  };
  const planned = starts.map(({ name, label, initializer }) => ({
    name,
    label,
    network: network({
      inputs: 2,
      layers: [dense(10, "relu"), dense(5, "relu"), dense(1, "sigmoid")],
      initializer,
      seed: 3,
    }),
    training: { optimizer: "gradientDescent" as const, learningRate: 0.01, iterations: 15_000 },
  }));
  return trainRuns(planned, data, options);
}
