import { Matrix } from "../array/matrix.js";
import { circles } from "../data/generators/circles.js";
import { chooseEngine } from "../engine/choose.js";
import { backward } from "../network/backward.js";
import { dense } from "../network/dense.js";
import { forward } from "../network/forward.js";
import { network, networkWith } from "../network/network.js";
import type { InitializerSpec } from "../ops/names.js";
import { evaluate } from "../training/evaluate.js";
import { NonFiniteCostError } from "../training/nonFinite.js";
import { SignalSample } from "../training/signals.js";
import { train } from "../training/train.js";
import type { ExperimentOptions } from "./experimentRun.js";

/** What becomes of a signal of 1, and of its gradient, in a linear network of L units, each with the weight w. */
export interface Powers {
  readonly weight: number;
  readonly depth: number;
  /** A[L] of x = 1, which is w^L. */
  readonly output: number;
  /** ∂J/∂b[1] for J = A[L]², the squared error at the target 0: 2 w^(L−1) A[L]. */
  readonly gradient: number;
}

/** One deep network from one start. */
export interface DepthRun {
  /** `relu` or `tanh`. */
  readonly activation: "relu" | "tanh";
  readonly layers: number;
  readonly name: string;
  readonly label: string;
  /** Standard deviation of A[l], l = 1 … L, before training. */
  readonly signals: readonly number[];
  /** ‖dW[l]‖, l = 1 … L, before training. */
  readonly gradients: readonly number[];
  /** Cost before training and after it; `undefined` where it was no longer finite. */
  readonly costBefore: number;
  readonly costAfter: number | undefined;
  /** Training accuracy at the end, of the last finite weights. */
  readonly accuracy: number;
  /** `learns`: accuracy above 0.9. `stalls`: the cost is where chance is. `diverges`: the cost was no longer finite. */
  readonly outcome: "learns" | "struggles" | "stalls" | "diverges";
  readonly seconds: number;
}

export interface DepthResult {
  readonly powers: readonly Powers[];
  readonly runs: readonly DepthRun[];
}

const starts: readonly { name: string; label: string; initializer: InitializerSpec }[] = [
  { name: "zeros", label: "zeros", initializer: "zeros" },
  { name: "small", label: "normal × 0.01", initializer: { type: "normal", scale: 0.01 } },
  { name: "large", label: "normal × 1", initializer: { type: "normal", scale: 1 } },
  { name: "xavier", label: "Xavier", initializer: "xavier" },
  { name: "he", label: "He", initializer: "he" },
];
const networks = [
  { activation: "relu", layers: 30, units: 40 },
  { activation: "tanh", layers: 10, units: 40 },
] as const;
const training = { optimizer: "momentum", learningRate: 0.02, batchSize: 20, iterations: 3000 } as const;
/** Accuracy from which the circles are told apart, and the distance from ln 2 within which nothing was learned. */
const learned = 0.9;
const chance = 0.01;

/**
 * Depth: signals and gradients that grow or shrink from layer to layer, and what the start does about it.
 *
 * First a linear network of L units whose weights are all 1.5, or all 0.5. Then a 30-layer ReLU network and a 10-layer tanh
 * network of 40 units a layer on two noisy circles, from zeros, too small, too large, Xavier and He: 3,000 steps of
 * momentum at α = 0.02 on batches of 20. From Xavier the 30-layer ReLU network stalls, for each layer halves the
 * variance of its signals; from He it learns. It did so for each of the seeds 1 to 8.
 *
 * Source: K. He, X. Zhang, S. Ren & J. Sun, "Delving deep into rectifiers" (ICCV 2015), figure 3.
 *
 * @param options progress and signal as of every experiment, and the seed of the weights (default 1)
 */
export async function depthExperiment(
  options: ExperimentOptions & { readonly seed?: number; readonly iterations?: number } = {},
): Promise<DepthResult> {
  const { seed = 1, iterations = training.iterations, onProgress, signal } = options;
  const data = circles({ examples: 200, noise: 0.05, seed: 1 });
  const planned = networks.flatMap((net) => starts.map((start) => ({ ...net, ...start })));
  const runs: DepthRun[] = [];
  for (const [index, { activation, layers, units, name, label, initializer }] of planned.entries()) {
    signal?.throwIfAborted();
    const hidden = Array.from({ length: layers - 1 }, () => dense(units, activation));
    const model = network({ inputs: 2, layers: [...hidden, dense(1, "sigmoid")], initializer, seed });
    const sample = new SignalSample(model, data, chooseEngine("depthExperiment()", undefined));
    const before = sample.take();
    sample.release();
    const costBefore = evaluate(model, data).cost;
    const options = {
      ...training,
      iterations,
      signal,
      onProgress:
        onProgress &&
        (({ iteration, iterations, latest }: { iteration: number; iterations: number; latest: { cost: number } }) =>
          onProgress({
            label: `${activation} ${label}`,
            run: index + 1,
            runs: planned.length,
            iteration,
            iterations,
            cost: latest.cost,
          })),
    };
    let diverged = false;
    const run = await train(model, data, options).catch((thrown: unknown) => {
      if (!(thrown instanceof NonFiniteCostError)) throw thrown;
      diverged = true;
      return thrown.run;
    });
    signal?.throwIfAborted();
    const { cost, accuracy = 0 } = evaluate(model, data);
    runs.push({
      activation,
      layers,
      name,
      label,
      signals: before.map((layer) => layer.activation.deviation),
      gradients: before.map((layer) => layer.gradient.norm),
      costBefore,
      costAfter: diverged ? undefined : cost,
      accuracy,
      outcome: diverged
        ? "diverges"
        : accuracy > learned
          ? "learns"
          : Math.abs(cost - Math.LN2) < chance
            ? "stalls"
            : "struggles",
      seconds: run.seconds,
    });
  }
  return { powers: [powersOf(1.5, 30), powersOf(0.5, 30)], runs };
}

/** A linear network of `depth` single units, all weights `weight`, no biases, on x = 1 with the target 0. */
export function powersOf(weight: number, depth: number): Powers {
  const theta = Float64Array.from({ length: 2 * depth }, (_, k) => (k % 2 === 0 ? weight : 0));
  const model = networkWith({ inputs: 1, layers: Array.from({ length: depth }, () => dense(1, "linear")) }, theta);
  const { output, cache } = forward(model, Matrix.row([1]));
  const { gradients } = backward(model, cache, Matrix.row([0]));
  return { weight, depth, output: output.get(0, 0), gradient: gradients.db1.get(0, 0) };
}
