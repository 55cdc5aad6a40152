import { OptionError } from "../../constraint/constraint.js";
import { foldIndices } from "../../data/folds.js";
import { splitIndices } from "../../data/split.js";
import type { Table } from "../../data/table.js";
import { classCounts, labelsOf, prepareRows } from "../../pipeline/prepare.js";
import { watchedMetric } from "../../pipeline/watchedMetric.js";
import { networkOptions } from "../options/networkOptions.js";
import type { OptionValues } from "../options/options.js";
import { type ChosenConfiguration, defaultsOf } from "../options/runConfiguration.js";
import type { TrialData } from "./trial.js";

/**
 * The rows of each fold, and what trials are ranked by.
 *
 * @param given options by flags and file
 * @param weighs whether class weights are searched
 */
export function trialData(
  table: Table,
  config: ChosenConfiguration,
  given: OptionValues,
  folds: number | undefined,
  weighs: boolean,
): TrialData {
  const defaults = defaultsOf(config);
  const labels = labelsOf(table, config, defaults);
  const { validation, seed } = config.data;
  const rows =
    folds === undefined
      ? [splitIndices(table.rows, { validation }, seed, labels)]
      : foldIndices(table.rows, folds, seed, labels);
  const { encoder, raw } = prepareRows(table, config, rows[0], defaults);
  if (weighs && encoder.task === "regression") {
    throw new OptionError("classWeight weighs classes; this target is a number (task regression)");
  }
  const { earlyStopping, classWeight = "none" } = config.training;
  const own = typeof earlyStopping === "object" ? earlyStopping.metric : undefined;
  const suited = watchedMetric(
    { classWeight: weighs ? "balanced" : classWeight },
    encoder.task,
    classCounts(encoder, raw.train),
  );
  const beside = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(networkOptions, name)));
  return { table, config, beside, folds: rows, metric: own ?? suited };
}
