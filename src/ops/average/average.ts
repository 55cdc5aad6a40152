import type { Numbers, OptionTable } from "../choice.js";

/** How long a run is, in update steps. */
export interface AveragedRun {
  readonly iterations: number;
  readonly stepsPerEpoch: number;
}

/**
 * Which weights are averaged, and how: after each update that counts `s := 1 + β s` and `θ̄ := θ̄ + (θ − θ̄) / s`. So θ̄ is
 * the mean of the weights that counted, each of them β times as heavy as the one after it, and the first is no exception: there
 * is no start to correct for.
 */
export interface AveragePlan {
  /** β; 1 where all count the same. */
  readonly decay: number;
  /** The first update that may count, from 1. */
  readonly from: number;
  /** An update counts where its number is a multiple of this. */
  readonly every: number;
}

/** An average of the weights over a run, which is watched on the validation set and ends in the network. */
export interface AverageDefinition {
  readonly options: OptionTable;
  plan(options: Numbers, run: AveragedRun): AveragePlan;
}

/** Whether the weights after `made` updates count. */
export function counts({ from, every }: AveragePlan, made: number): boolean {
  return made >= from && made % every === 0;
}
