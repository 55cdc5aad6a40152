import type { BlockReport, TrainingSpec, Verdict } from "gradproof";
import type { PlantableBug, PlantableBugName, PlantedBug } from "gradproof/gradcheck";
import type { PointSource } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";

/** Parameters up to which every entry is measured; larger networks are checked block by block. */
export const MOST_ENTRIES = 2000;

/** From the page to the worker of the gradient check: what to check, at which weights, with which bug planted. */
export interface ToCheck {
  readonly run: RunSpec;
  readonly data: PointSource;
  /** θ of the run; undefined for the weights it starts from. */
  readonly theta: Float64Array | Float32Array | undefined;
  /** Step of the run that θ is of. */
  readonly iteration: number;
  readonly training: TrainingSpec;
  readonly bug: PlantableBugName | undefined;
}

/** What the check has found. */
export interface CheckResult {
  readonly verdict: Verdict;
  readonly blocks: readonly BlockReport[];
  readonly notes: readonly string[];
  readonly costEvaluations: number;
  readonly milliseconds: number;
  readonly iteration: number;
  /** Every bug, with the layers of this network that admit it. */
  readonly bugs: readonly PlantableBug[];
  /** The bug as it was planted, and the blocks that it makes wrong. */
  readonly planted: { readonly bug: PlantedBug; readonly blocks: readonly string[] } | undefined;
}

/** From the worker to the page. */
export type FromCheck =
  | { readonly type: "found"; readonly result: CheckResult }
  | { readonly type: "refused"; readonly message: string };
