import type { Settings } from "./space.js";

/** One training run that a sweep asks for. */
export interface SweepRun<Chosen = Settings> {
  /** Number of the trial, from 1: one trial is one choice of settings. */
  readonly trial: number;
  readonly settings: Chosen;
  /** For the weights, shuffling and dropout of this run. */
  readonly seed: number;
  /** Which part is held out, from 0; 0 throughout where there is one validation set. */
  readonly fold: number;
  /** Share of the full training time, above 0 and at most 1. Successive halving begins with less than 1. */
  readonly budget: number;
}

/** What a run came to. */
export interface RunOutcome {
  /** Error or score on the held-out part; undefined where the run failed. */
  readonly value?: number;
  /** Why there is no value. */
  readonly failure?: string;
  /** Whatever else is worth keeping, by name. */
  readonly metrics?: Readonly<Record<string, number>>;
}

export interface FinishedSweepRun extends SweepRun, RunOutcome {}

/** What a run is found by: no two runs of a sweep share it. */
export function runKey({ trial, seed, fold, budget }: SweepRun): string {
  return `${trial}/${seed}/${fold}/${budget}`;
}
