import type { NetworkSpec, TrainingSpec } from "gradproof";
import type { PointSource } from "gradproof/pipeline";

/** Of the format of an experiment, in links. */
export const EXPERIMENT_VERSION = 1;

export const MOST_RUNS = 4;

/** One of the runs that are compared. */
export interface RunSpec {
  readonly name: string;
  readonly network: NetworkSpec;
  readonly training: TrainingSpec;
  /** Bring the features to zero mean and unit variance, by the training points. */
  readonly normalize: boolean;
}

/** Everything the lab computes from, as plain data: up to four runs on the same points. */
export interface Experiment {
  readonly data: PointSource;
  readonly runs: readonly RunSpec[];
}
