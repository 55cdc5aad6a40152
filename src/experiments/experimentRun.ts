import type { Dataset } from "../data/dataset.js";
import type { Network } from "../network/network.js";

/** Cost at an iteration, counted from 0. */
export type CostPoint = readonly [iteration: number, cost: number];

/** One training run of a reference experiment. */
export interface ExperimentRun {
  readonly name: string;
  readonly label: string;
  /** Every 1,000 iterations from 0. */
  readonly costs: readonly CostPoint[];
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly network: Network;
  readonly data: { readonly train: Dataset; readonly test: Dataset };
  readonly seconds: number;
}

/** What a caller may watch of an experiment, and how to stop it. */
export interface ExperimentOptions {
  readonly onProgress?: ((progress: ExperimentProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ExperimentProgress {
  /** Label of the run under way. */
  readonly label: string;
  /** Which run, from 1, of how many. */
  readonly run: number;
  readonly runs: number;
  readonly iteration: number;
  readonly iterations: number;
  readonly cost: number;
}
