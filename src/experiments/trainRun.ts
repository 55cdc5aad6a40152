import type { Dataset } from "../data/dataset.js";
import type { Network } from "../network/network.js";
import { evaluate } from "../training/evaluate.js";
import type { TrainingSpec } from "../training/spec.js";
import { train } from "../training/train.js";
import type { ExperimentOptions, ExperimentRun } from "./experimentRun.js";

/** A run of an experiment, before it is trained. */
export interface PlannedRun {
  readonly name: string;
  readonly label: string;
  readonly network: Network;
  readonly training: TrainingSpec & { readonly iterations: number };
}

/** Trains the runs of an experiment one after the other, on the same data. */
export async function trainRuns(
  planned: readonly PlannedRun[],
  data: { readonly train: Dataset; readonly test: Dataset },
  { onProgress, signal }: ExperimentOptions,
): Promise<ExperimentRun[]> {
  const results: ExperimentRun[] = [];
  for (const [index, { name, label, network, training }] of planned.entries()) {
    signal?.throwIfAborted();
    const run = await train(network, data.train, {
      ...training,
      recordEvery: 1000,
      signal,
      onProgress:
        onProgress &&
        (({ iteration, iterations, latest }) =>
          onProgress({ label, run: index + 1, runs: planned.length, iteration, iterations, cost: latest.cost })),
    });
    signal?.throwIfAborted();
    results.push({
      name,
      label,
      // The state after the last step is not part of the reference's log.
      costs: run.history.filter(({ iteration }) => iteration < training.iterations).map((h) => [h.iteration, h.cost]),
      trainAccuracy: evaluate(network, data.train).accuracy ?? 0,
      testAccuracy: evaluate(network, data.test).accuracy ?? 0,
      network,
      data,
      seconds: run.seconds,
    });
  }
  return results;
}
