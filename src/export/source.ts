import type { Dataset } from "../data/dataset.js";
import type { NetworkSpec } from "../network/spec.js";
import type { TrainingSpec } from "../training/spec.js";

/** A run as plain data, to be written as a program: what it is made from, not what came of it. */
export interface ExportSource {
  readonly network: NetworkSpec;
  readonly training: TrainingSpec;
  /** As the network takes it: encoded, normalized. It becomes part of the program. */
  readonly data: Dataset;
  /** Watched during the run. */
  readonly validation?: Dataset | undefined;
}
