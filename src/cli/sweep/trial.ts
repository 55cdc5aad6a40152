import type { Table } from "../../data/table.js";
import { network } from "../../network/network.js";
import type { RunOutcome, SweepRun } from "../../sweep/run.js";
import { NonFiniteCostError } from "../../training/nonFinite.js";
import type { Run } from "../../training/run.js";
import type { TrackedMetric } from "../../training/spec.js";
import { train } from "../../training/train.js";
import { measure } from "../train/measure.js";
import { type ChosenConfig, networkSpecFor, trainingSpecFor } from "../train/plan.js";
import { type Prepared, prepareRows } from "../train/prepare.js";
import { configOf } from "./searchFields.js";

/** All that a run needs beside its settings; a worker gets a copy. */
export interface TrialData {
  readonly table: Table;
  /** What all runs share. */
  readonly config: ChosenConfig;
  /** Rows of each fold. */
  readonly folds: readonly { readonly train: Uint32Array; readonly validation: Uint32Array }[];
  /** What early stopping watches and the sweep ranks by. */
  readonly metric: TrackedMetric;
}

/** Trains once on one fold. The same run gives the same outcome wherever it is run. */
export class TrialRunner {
  private readonly data: TrialData;
  private readonly prepared = new Map<number, Prepared>();

  constructor(data: TrialData) {
    this.data = data;
  }

  /** @throws the signal's reason where it was aborted before the end */
  async run({ settings, seed, fold, budget }: SweepRun, signal?: AbortSignal): Promise<RunOutcome> {
    const { table, metric, folds } = this.data;
    const config: ChosenConfig = { ...this.data.config, ...configOf(settings), seed };
    let prepared = this.prepared.get(fold);
    if (prepared === undefined) {
      prepared = prepareRows(table, this.data.config, folds[fold]);
      this.prepared.set(fold, prepared);
    }
    const { encoder, normalizer, targetNormalizer, raw } = prepared;
    const net = network(networkSpecFor(config, encoder));
    const spec = trainingSpecFor(config, encoder.task, prepared.train, metric);
    const epochs = Math.max(1, Math.round(config.epochs * budget));
    try {
      const run = await train(net, prepared.train, { ...spec, epochs, validation: prepared.validation, signal });
      signal?.throwIfAborted();
      const model = { network: net, encoder, normalizer, targetNormalizer };
      const measured = measure(model, raw.validation, config);
      const trained = measure(model, raw.train, config);
      return {
        ...(run.best && { value: run.best.value }),
        ...(run.best === undefined && { failure: "no epoch gave a value" }),
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
}

/** Epochs after which the weights were best; an epoch in the history names those before it. */
function epochsToBest({ best, epochs, spec }: Run, examples: number): number {
  if (best === undefined) return epochs;
  return Math.max(1, best.iteration / Math.ceil(examples / (spec.batchSize ?? examples)));
}
