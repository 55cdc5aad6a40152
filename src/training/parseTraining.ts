import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { type CompleteAugmentation, parseAugmentation } from "../data/augmentation/parseAugmentation.js";
import type { PenaltyStrength } from "../network/penalty.js";
import { complete, parseChoice } from "../ops/choice.js";
import { averages } from "../ops/generated/averages.js";
import { optimizers } from "../ops/generated/optimizers.js";
import {
  type CompleteAverageSpec,
  type CompleteOptimizerSpec,
  type CompleteScheduleSpec,
  names,
} from "../ops/names.js";
import { parseChanges, parsePerLayer } from "./changes.js";
import { trainingConstraints } from "./constraints.js";
import { parseSchedule } from "./parseSchedule.js";
import type { EarlyStopping, TrainingSpec } from "./spec.js";
import { trainingWords } from "./words.js";

/** A training specification with everything filled in that does not depend on the data. */
export interface CompleteTrainingSpec extends TrainingSpec {
  readonly optimizer: CompleteOptimizerSpec;
  readonly learningRate: number;
  readonly l1?: PenaltyStrength;
  readonly l2: PenaltyStrength;
  readonly schedule?: CompleteScheduleSpec;
  readonly l2Schedule?: CompleteScheduleSpec;
  readonly weightDecaySchedule?: CompleteScheduleSpec;
  readonly keepSchedule?: CompleteScheduleSpec;
  readonly keep: number | readonly number[];
  readonly inputKeep: number;
  readonly seed: number;
  readonly recordCleanCost: boolean;
  readonly average?: CompleteAverageSpec;
  readonly augmentation?: CompleteAugmentation;
}

/** What a training specification may hold. */
export const trainingKeys = [
  "optimizer",
  "learningRate",
  "schedule",
  "iterations",
  "epochs",
  "batchSize",
  "l1",
  "l2",
  "l2Schedule",
  "weightDecaySchedule",
  "clipNorm",
  "clipValue",
  "keep",
  "inputKeep",
  "keepSchedule",
  "dropoutReseed",
  "classWeight",
  "earlyStopping",
  "average",
  "changes",
  "augmentation",
  "seed",
  "recordEvery",
  "recordCleanCost",
] as const satisfies readonly (keyof TrainingSpec)[];

const metricNames = ["cost", "accuracy", "f1", "rocAuc", "prAuc", "mse", "r2"] as const;

/** Names a training specification may use, for flags and messages. */
export const trainingNames = { optimizers: names.optimizers, schedules: names.schedules, metrics: metricNames };

const defaultIterations = 1000;

/**
 * Checks a training specification, which may come from a file or a link, and fills in what does not depend on the data:
 * optimizer, learning rate, length, λ, seed. What a file names as absent (a batch size `all`; class weights, early stopping,
 * clipping, a schedule or an average `none`) is left out.
 *
 * @param where what messages begin with
 * @throws OptionError naming the option that is wrong and what would be right
 *
 * @example
 * import { parseTrainingSpec } from "gradproof";
 * parseTrainingSpec({ optimizer: "momentum", l2: 0.7 });
 * // a complete specification; the learning rate is the optimizer's default
 * parseTrainingSpec({ optimizer: "momentum", l2: 0.7 }).learningRate; // => 0.01
 */
export function parseTrainingSpec(value: unknown, where = "train()"): CompleteTrainingSpec {
  const given = requireObject(where, value, trainingKeys);
  const number = (name: keyof typeof trainingConstraints & keyof TrainingSpec): number | undefined =>
    given[name] === undefined ? undefined : requireNumber(`${where}: ${name}`, given[name], trainingConstraints[name]);
  if (given.iterations !== undefined && given.epochs !== undefined) {
    throw new OptionError(say(trainingWords, "training.length", { where }));
  }
  const optimizer = complete(parseChoice(`${where}: optimizer`, given.optimizer ?? "adam", optimizers), optimizers);
  return {
    optimizer,
    learningRate: number("learningRate") ?? optimizers[optimizer.type].learningRate,
    ...(given.epochs === undefined && { iterations: number("iterations") ?? defaultIterations }),
    ...optional("epochs", number("epochs")),
    ...(given.l1 !== undefined && { l1: parsePerLayer(`${where}: l1`, given.l1, trainingConstraints.l1) }),
    l2: given.l2 === undefined ? 0 : parsePerLayer(`${where}: l2`, given.l2, trainingConstraints.l2),
    ...optional("clipNorm", given.clipNorm === "none" ? undefined : number("clipNorm")),
    ...optional("clipValue", given.clipValue === "none" ? undefined : number("clipValue")),
    keep: given.keep === undefined ? 1 : parsePerLayer(`${where}: keep`, given.keep, trainingConstraints.keep),
    inputKeep: number("inputKeep") ?? 1,
    seed: number("seed") ?? 0,
    recordCleanCost: parseFlag(`${where}: recordCleanCost`, given.recordCleanCost),
    ...optional("schedule", given.schedule === "none" ? undefined : parseSchedule(where, "schedule", given.schedule)),
    ...optional("l2Schedule", parseSchedule(where, "l2Schedule", given.l2Schedule)),
    ...optional("weightDecaySchedule", parseSchedule(where, "weightDecaySchedule", given.weightDecaySchedule)),
    ...optional("keepSchedule", parseSchedule(where, "keepSchedule", given.keepSchedule)),
    ...optional("batchSize", given.batchSize === "all" ? undefined : number("batchSize")),
    ...optional("dropoutReseed", number("dropoutReseed")),
    ...optional("recordEvery", number("recordEvery")),
    ...optional("classWeight", parseClassWeight(where, given.classWeight)),
    ...optional("earlyStopping", parseEarlyStopping(`${where}: earlyStopping`, given.earlyStopping)),
    ...(given.average !== undefined &&
      given.average !== "none" && {
        average: complete(parseChoice(`${where}: average`, given.average, averages), averages),
      }),
    ...(given.changes !== undefined && { changes: parseChanges(where, given.changes) }),
    ...(given.augmentation !== undefined && {
      augmentation: parseAugmentation(`${where}: augmentation`, given.augmentation),
    }),
  };
}

function parseClassWeight(where: string, value: unknown): "balanced" | readonly number[] | undefined {
  if (value === undefined || value === "none") return undefined;
  if (value === "balanced") return value;
  if (!Array.isArray(value)) {
    throw new OptionError(say(trainingWords, "training.classWeight", { where, given: show(value) }));
  }
  return value.map((weight, i) =>
    requireNumber(`${where}: classWeight[${i}]`, weight, trainingConstraints.classWeight),
  );
}

function parseEarlyStopping(where: string, value: unknown): EarlyStopping | undefined {
  if (value === undefined || value === "none") return undefined;
  const given = requireObject(where, value, ["patience", "metric", "minDelta"]);
  return {
    patience: requireNumber(`${where}: patience`, given.patience, trainingConstraints.patience),
    metric: given.metric === undefined ? "cost" : requireName(`${where}: metric`, given.metric, metricNames),
    minDelta:
      given.minDelta === undefined
        ? 0
        : requireNumber(`${where}: minDelta`, given.minDelta, trainingConstraints.minDelta),
  };
}

function parseFlag(where: string, value: unknown): boolean {
  if (value === undefined || typeof value === "boolean") return value ?? false;
  throw new OptionError(say(trainingWords, "training.boolean", { where, given: show(value) }));
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
