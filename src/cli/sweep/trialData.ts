import { OptionError } from "../../constraint/constraint.js";
import type { Task } from "../../data/dataset.js";
import { foldIndices } from "../../data/folds.js";
import { splitIndices } from "../../data/split.js";
import type { Table } from "../../data/table.js";
import { validationOf } from "../../pipeline/impliedDefaults.js";
import { classCounts, labelsOf, prepareRows } from "../../pipeline/prepare.js";
import { watchedMetric } from "../../pipeline/watchedMetric.js";
import type { TrackedMetric } from "../../training/spec.js";
import { networkOptions } from "../options/networkOptions.js";
import type { OptionValues } from "../options/options.js";
import type { ChosenConfiguration } from "../options/runConfiguration.js";
import type { TrialData } from "./trial.js";

/** What tells models apart that differ in their loss, and in the unit of their targets. */
const ofAnyLoss: Readonly<Record<Task, TrackedMetric>> = { binary: "rocAuc", multiclass: "accuracy", regression: "r2" };

/** What trials may be ranked by. */
const metricsOfTask: Readonly<Record<Task, readonly TrackedMetric[]>> = {
  binary: ["cost", "accuracy", "f1", "rocAuc", "prAuc"],
  multiclass: ["cost", "accuracy", "f1", "rocAuc"],
  regression: ["cost", "mse", "r2"],
};

/**
 * The rows of each fold, and what trials are ranked by.
 *
 * @param given options by flags and file
 * @param how folds of a cross-validation; ranking: the metric that was asked for, where trials do not stop early by it; searched:
 *   the options that differ from trial to trial
 */
export function trialData(
  table: Table,
  config: ChosenConfiguration,
  given: OptionValues,
  {
    folds,
    ranking,
    searched,
  }: {
    readonly folds: number | undefined;
    readonly ranking: TrackedMetric | undefined;
    readonly searched: readonly string[];
  },
): TrialData {
  const weighs = searched.includes("classWeight");
  const labels = labelsOf(table, config);
  const { seed } = config.data;
  const validation = validationOf(config);
  if (validation === "folds") {
    throw new OptionError(
      "sweep: one part of the table judges all members; give --validation a share, or --folds for a cross-validation of each trial",
    );
  }
  const rows =
    folds === undefined
      ? [splitIndices(table.rows, { validation }, seed, labels)]
      : foldIndices(table.rows, folds, seed, labels);
  const { encoder, raw } = prepareRows(table, config, rows[0]);
  if (weighs && encoder.task === "regression") {
    throw new OptionError("classWeight weighs classes; this target is a number (task regression)");
  }
  const { earlyStopping, classWeight = "none" } = config.training;
  const own = typeof earlyStopping === "object" ? earlyStopping.metric : ranking;
  if (ranking !== undefined && !metricsOfTask[encoder.task].includes(ranking)) {
    throw new OptionError(
      `--metric ${ranking} is none of a ${encoder.task} target; expected one of ${metricsOfTask[encoder.task].join(", ")}`,
    );
  }
  const watched = watchedMetric(
    { classWeight: weighs ? "balanced" : classWeight },
    encoder.task,
    classCounts(encoder, raw.train),
  );
  // The cost of one loss says nothing beside that of another: the smaller δ of the Huber loss, the smaller the cost.
  const loss = searched.find((name) => name === "loss" || name.startsWith("loss."));
  if (loss !== undefined && own === "cost") {
    throw new OptionError(
      `costs of trials that differ in ${loss} cannot be compared; leave metric out, or choose another, such as ${ofAnyLoss[encoder.task]}`,
    );
  }
  const suited = loss !== undefined && watched === "cost" ? ofAnyLoss[encoder.task] : watched;
  const beside = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(networkOptions, name)));
  return { table, config, beside, folds: rows, metric: own ?? suited };
}
