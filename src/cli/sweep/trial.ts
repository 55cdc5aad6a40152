import type { Split } from "../../data/split.js";
import type { Table } from "../../data/table.js";
import { network } from "../../network/network.js";
import { measure } from "../../pipeline/measure.js";
import { type Prepared, prepareRows } from "../../pipeline/prepare.js";
import { resolve } from "../../pipeline/resolve.js";
import type { RunOutcome, SweepRun } from "../../sweep/run.js";
import type { Settings } from "../../sweep/space.js";
import { type Evaluation, evaluate } from "../../training/evaluate.js";
import { NonFiniteCostError } from "../../training/nonFinite.js";
import type { Run } from "../../training/run.js";
import type { TrackedMetric } from "../../training/spec.js";
import { train } from "../../training/train.js";
import type { OptionValues } from "../options/options.js";
import { type ChosenConfiguration, defaultsOf, type RunConfiguration } from "../options/runConfiguration.js";
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

/** Trains once on one fold. The same run gives the same outcome wherever it is run. */
export class TrialRunner {
  private readonly data: TrialData;
  private readonly prepared = new Map<string, Prepared>();

  constructor(data: TrialData) {
    this.data = data;
  }

  /** @throws the signal's reason where it was aborted before the end */
  async run({ settings, seed, fold, budget }: SweepRun, signal?: AbortSignal): Promise<RunOutcome> {
    const { config, metric } = this.data;
    const trial = withSeed(configurationOfTrial(this.data, settings), seed - (config.data.seed ?? 0));
    const prepared = this.examples(trial, fold);
    const { normalizer, targetNormalizer, encoder, raw, validation } = prepared;
    const { network: spec, training } = resolve(shortened(trial, budget), prepared, defaultsOf(config));
    const net = network(spec);
    try {
      const run = await train(net, prepared.train, { ...training, validation, signal });
      signal?.throwIfAborted();
      const model = { network: net, encoder, normalizer, targetNormalizer };
      const measured = measure(model, raw.validation);
      const trained = measure(model, raw.train);
      const value = rankedBy(run, metric, () => evaluate(net, validation));
      return {
        ...(value !== undefined && { value }),
        ...(value === undefined && { failure: "no epoch gave a value" }),
        metrics: {
          ...Object.fromEntries(Object.entries(measured).filter(([, value]) => Number.isFinite(value))),
          ...(Number.isFinite(trained.cost) && { trainingCost: trained.cost }),
          epochsToBest: epochsToBest(run, prepared.train.X.columns),
          epochs: run.epochs,
        },
      };
    } catch (thrown) {
      if (thrown instanceof NonFiniteCostError) return { failure: thrown.message };
      throw thrown;
    }
  }

  /** The parts of a fold, which settings of the data may make in another way. */
  private examples(trial: RunConfiguration, fold: number): Prepared {
    const key = JSON.stringify([fold, trial.data, trial.network.dtype]);
    const known = this.prepared.get(key);
    if (known !== undefined) return known;
    const { table, config, folds } = this.data;
    const prepared = prepareRows(table, trial, folds[fold], defaultsOf(config));
    this.prepared.set(key, prepared);
    return prepared;
  }
}

/** What the trial is ranked by, of the weights that are kept. */
function rankedBy({ best, spec }: Run, metric: TrackedMetric, evaluation: () => Evaluation): number | undefined {
  if (best?.metric === metric) return best.value;
  return best === undefined && spec.earlyStopping !== undefined ? undefined : evaluation()[metric];
}

/** Weights, shuffling and dropout of another run. */
function withSeed({ network, training, ...others }: RunConfiguration, further: number): RunConfiguration {
  const seed = (first = 0): number => (first + further + 2 ** 32) % 2 ** 32;
  return {
    ...others,
    network: { ...network, seed: seed(network.seed) },
    training: { ...training, seed: seed(training.seed) },
  };
}

/** A share of the training time. */
function shortened({ training, ...others }: RunConfiguration, budget: number): RunConfiguration {
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
