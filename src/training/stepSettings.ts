import type { StepSettings } from "../engine/trainer.js";
import type { Network } from "../network/network.js";
import { penaltyOf } from "../network/penalty.js";
import { type SettingsNow, settingsAt } from "./changes.js";
import { keepOf } from "./dropout.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";

/** The settings of a step as a trainer takes them. */
export function stepSettings(now: SettingsNow, network: Network, examples: number): StepSettings {
  return {
    learningRate: now.learningRate,
    penalty: penaltyOf(network, now, examples),
    weightDecayFactor: 1,
    keep: keepOf(now, network),
  };
}

/** Whether each site drops units at some step of the run. */
export function dropsOf(spec: CompleteTrainingSpec, network: Network): readonly boolean[] {
  const times = [0, ...(spec.changes ?? []).map(({ iteration }) => iteration)];
  const keeps = times.map((iteration) => keepOf(settingsAt(spec, iteration), network));
  return network.program.sites.map((_, site) => keeps.some((keep) => keep[site] < 1));
}
