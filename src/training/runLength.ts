import { requireRecord } from "../constraint/kinds.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";

/** How a run over so many examples is cut into steps, epochs and history entries. */
export interface RunLength {
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly iterations: number;
  readonly epochs: number;
  /** Steps between history entries. */
  readonly recordEvery: number;
}

/**
 * How long a run over `examples` examples is.
 *
 * @example
 * import { parseTrainingSpec } from "gradproof";
 * import { runLengthOf } from "gradproof/training";
 * const { iterations, stepsPerEpoch } = runLengthOf(parseTrainingSpec({ epochs: 3, batchSize: 32 }), 100);
 * [stepsPerEpoch, iterations]; // => [4, 12]
 */
export function runLengthOf(spec: CompleteTrainingSpec, examples: number): RunLength {
  requireRecord("runLengthOf(): spec", spec, "a training, as parseTrainingSpec() gives it");
  const batchSize = Math.min(spec.batchSize ?? examples, examples);
  const stepsPerEpoch = Math.ceil(examples / batchSize);
  const iterations = spec.iterations ?? (spec.epochs ?? 1) * stepsPerEpoch;
  return {
    batchSize,
    stepsPerEpoch,
    iterations,
    epochs: Math.ceil(iterations / stepsPerEpoch),
    // Each epoch with mini-batches; with full batches about 1,000 entries a run.
    recordEvery: spec.recordEvery ?? (stepsPerEpoch > 1 ? stepsPerEpoch : Math.max(1, Math.floor(iterations / 1000))),
  };
}

/** The epoch that step `iteration` belongs to, from 1; the last one after the last step. */
export function epochOf({ stepsPerEpoch, epochs }: RunLength, iteration: number): number {
  return Math.min(Math.floor(iteration / stepsPerEpoch) + 1, epochs);
}
