import type { Run } from "../training/run.js";
import type { TrainingSpec } from "../training/spec.js";

/**
 * The training of all members, as a configuration has it. A full batch is as large as the training set, of which members that hold out
 * folds have one example more or less: the largest is full for all.
 */
export function sharedSpec(runs: readonly Run[]): TrainingSpec {
  const [{ spec }] = runs;
  const sizes = runs.flatMap((run) => run.spec.batchSize ?? []);
  return { ...spec, ...(sizes.length > 0 && { batchSize: Math.max(...sizes) }) };
}
