import type { Split } from "../../data/split.js";
import type { Table } from "../../data/table.js";
import { memberCount } from "../../pipeline/impliedDefaults.js";
import { measure } from "../../pipeline/measure.js";
import { memberParts } from "../../pipeline/memberParts.js";
import { memberRuns } from "../../pipeline/members.js";
import { type PreparedSplit, prepareRows } from "../../pipeline/prepare.js";
import { type ResolvedRun, resolve } from "../../pipeline/resolve.js";
import { modelOf, trainRuns } from "../../pipeline/trainRuns.js";
import type { RunOutcome, SweepRun } from "../../sweep/run.js";
import type { Settings } from "../../sweep/space.js";
import { NonFiniteCostError } from "../../training/nonFinite.js";
import type { Run } from "../../training/run.js";
import type { TrackedMetric } from "../../training/spec.js";
import type { OptionValues } from "../options/options.js";
import type { ChosenConfiguration, RunConfiguration } from "../options/runConfiguration.js";
import { withSettings } from "./searchFields.js";

/** All that a run needs beside its settings; a worker gets a copy. */
export interface TrialData {
  readonly table: Table;
  /** What all runs share. */
  readonly config: ChosenConfiguration;
  /** Options that were given for the network, which settings may be of: see `withSettings`. */
  readonly beside: OptionValues;
  /** Rows of each fold. */
  readonly folds: readonly Split<Uint32Array>[];
  /** What the sweep ranks by. */
  readonly metric: TrackedMetric;
}

/** What a trial trains, from the settings on. */
export function configurationOfTrial({ config, beside, metric }: TrialData, settings: Settings): RunConfiguration {
  const trial = withSettings(config, beside, settings);
  const { earlyStopping } = trial.training;
  if (earlyStopping === "none") return trial;
  // All are watched alike, whatever the classes of a fold or the weights of a trial.
  return { ...trial, training: { ...trial.training, earlyStopping: { metric, ...earlyStopping } } };
}

/** Trains once on one fold, all members side by side. The same run gives the same outcome wherever it is run. */
export class TrialRunner {
  private readonly data: TrialData;
  private readonly prepared = new Map<string, PreparedSplit>();

  constructor(data: TrialData) {
    this.data = data;
  }

  /** @throws the signal's reason where it was aborted before the end */
  async run({ settings, seed, fold, budget }: SweepRun, signal?: AbortSignal): Promise<RunOutcome> {
    const { config, metric } = this.data;
    const members = memberCount(config);
    // Two runs of a trial have no member in common.
    const further = members * (seed - (config.data.seed ?? 0));
    const trial = withSeed(configurationOfTrial(this.data, settings), further);
    const prepared = this.examples(trial, fold);
    const { raw, validation } = prepared;
    const all = memberRuns(trial, shortened(resolve(trial, prepared), budget));
    try {
      const { networks, runs } = await trainRuns(all, memberParts(prepared, all.length), () => ({ validation }), {
        signal,
      });
      signal?.throwIfAborted();
      const model = modelOf(networks, prepared);
      const measured = measure(model, raw.validation);
      const trained = measure(model, raw.train);
      // The unit of the target is that of every trial, whatever a trial makes of the targets.
      const value = runs.some(wasNeverBest) ? undefined : measured[metric];
      return {
        ...(value !== undefined && { value }),
        ...(value === undefined && { failure: "no epoch gave a value" }),
        metrics: {
          ...Object.fromEntries(Object.entries(measured).filter(([, value]) => Number.isFinite(value))),
          ...(Number.isFinite(trained.cost) && { trainingCost: trained.cost }),
          epochsToBest: median(runs.map((run) => epochsToBest(run, prepared.train.X.columns))),
          epochs: Math.max(...runs.map(({ epochs }) => epochs)),
        },
      };
    } catch (thrown) {
      if (thrown instanceof NonFiniteCostError) return { failure: thrown.message };
      throw thrown;
    }
  }

  /** The parts of a fold, which settings of the data may make in another way. */
  private examples(trial: RunConfiguration, fold: number): PreparedSplit {
    const key = JSON.stringify([fold, trial.data, trial.network.dtype]);
    const known = this.prepared.get(key);
    if (known !== undefined) return known;
    const { table, folds } = this.data;
    const prepared = prepareRows(table, trial, folds[fold]);
    this.prepared.set(key, prepared);
    return prepared;
  }
}

/** Whether early stopping found no weights to keep: the metric had no value at any check. */
function wasNeverBest({ best, spec }: Run): boolean {
  return best === undefined && spec.earlyStopping !== undefined;
}

/** Weights, shuffling and dropout of another run. */
function withSeed({ network, training, ...others }: RunConfiguration, further: number): RunConfiguration {
  const seed = (first = 0): number => (((first + further) % 2 ** 32) + 2 ** 32) % 2 ** 32;
  return {
    ...others,
    network: { ...network, seed: seed(network.seed) },
    training: { ...training, seed: seed(training.seed) },
  };
}

/** A share of the training time. */
function shortened({ training, ...others }: ResolvedRun, budget: number): ResolvedRun {
  const { epochs, iterations } = training;
  const share = (length: number): number => Math.max(1, Math.round(length * budget));
  return {
    ...others,
    training: {
      ...training,
      ...(epochs !== undefined && { epochs: share(epochs) }),
      ...(iterations !== undefined && { iterations: share(iterations) }),
    },
  };
}

/** Epochs after which the weights were best; an epoch in the history names those before it. */
function epochsToBest({ best, epochs, spec }: Run, examples: number): number {
  if (best === undefined) return epochs;
  return Math.max(1, best.iteration / Math.ceil(examples / (spec.batchSize ?? examples)));
}

/** The middle one of some numbers; of an even count the lower of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
