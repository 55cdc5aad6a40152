import type { Dataset } from "../data/dataset.js";
import type { Engine } from "../engine/plan.js";
import type { Network } from "../network/network.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";
import type { RunLength } from "./runLength.js";

/** What a run trains, on what, and how: the same from its first step to its last. */
export interface RunSetup {
  readonly network: Network;
  readonly data: Dataset;
  /** As it was given; changes on the way are the session's. */
  readonly spec: CompleteTrainingSpec;
  readonly runLength: RunLength;
  readonly engine: Engine;
  readonly weights: Float64Array | undefined;
}
