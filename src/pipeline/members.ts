import type { Configuration } from "./configuration.js";
import { memberCount } from "./impliedDefaults.js";
import type { ResolvedRun } from "./resolve.js";

/** The runs of a configuration's members: the first with the seeds it says, each other with seeds one higher. */
export function memberRuns(configuration: Configuration, run: ResolvedRun): ResolvedRun[] {
  return Array.from({ length: memberCount(configuration) }, (_, k) => memberRun(run, k));
}

/** The run of member k, from 0. */
export function memberRun({ network, training }: ResolvedRun, k: number): ResolvedRun {
  return {
    network: { ...network, seed: memberSeed(network.seed, k) },
    training: { ...training, seed: memberSeed(training.seed, k) },
  };
}

/** The seed of member k, from 0, where that of the first is given: seeds go up to 2³² − 1 and then begin anew. */
export const memberSeed = (seed: number, k: number): number => (seed + k) % 2 ** 32;
