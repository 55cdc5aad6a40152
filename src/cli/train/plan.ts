import { OptionError } from "../../constraint/constraint.js";
import type { Dataset, Task } from "../../data/dataset.js";
import type { TableEncoder } from "../../data/tableEncoder.js";
import { dense } from "../../network/dense.js";
import type { NetworkSpec } from "../../network/spec.js";
import { initializers } from "../../ops/generated/initializers.js";
import { optimizers } from "../../ops/generated/optimizers.js";
import type { DenseSpec } from "../../ops/layer/dense/dense.js";
import { type InitializerSpec, outputActivationFor } from "../../ops/names.js";
import type { TrackedMetric, TrainingSpec } from "../../training/spec.js";
import { flagName } from "../flags.js";
import { quoteForShell } from "../shell.js";
import { type ConfigFile, defaultsOf, type TrainConfig, trainDefaults, type Versioned } from "./config.js";
import { configVersion } from "./configDefaults.js";
import { augmentationFor } from "./images.js";

/** What the user asked for, with the defaults that do not depend on the data. */
export type ChosenConfig = Versioned &
  Partial<TrainConfig> &
  Omit<TrainConfig, "learningRate" | "batchSize" | "image" | "threads">;

/** The files that a run learns from and is tested on; labels are for arrays. */
export interface Source {
  readonly file: string;
  readonly labels?: string;
  readonly test?: string;
  readonly testLabels?: string;
}

/** From here on, accuracy looks good whatever a model does about the rare class. */
export const uneven = 10;

/**
 * Fills in the defaults; flags go before the file.
 *
 * @param file default: nothing, of the version that is written now
 */
export function chooseConfig(
  flags: Partial<TrainConfig>,
  file: ConfigFile = { version: configVersion },
): Omit<ChosenConfig, "target"> & { readonly target: string | undefined } {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  return { target: undefined, ...defaultsOf(file).options, ...file, ...given };
}

/** The network for a table: hidden layers as asked, a last layer that fits the task. */
export function networkSpecFor(config: ChosenConfig, encoder: TableEncoder): NetworkSpec {
  return {
    inputs: encoder.featureNames.length,
    layers: [...config.hidden.map((units) => dense(units, config.activation)), outputLayer(encoder)],
    initializer: initializerFor(config),
    seed: config.seed,
    dtype: config.dtype,
  };
}

function outputLayer({ task, classNames }: TableEncoder): DenseSpec {
  return dense(task === "multiclass" ? (classNames?.length ?? 0) : 1, outputActivationFor(task));
}

function initializerFor({ init, gain }: ChosenConfig): InitializerSpec {
  if (gain === 1) return init;
  const { options } = initializers[init];
  if (!("gain" in options)) {
    throw new OptionError(`--gain multiplies initializers such as he or xavier; ${init} takes none`);
  }
  // Its options have a gain, as was just seen.
  return { type: init, gain } as InitializerSpec;
}

/** The training for a table of so many training rows. */
export function trainingSpecFor(
  config: ChosenConfig,
  task: Task,
  { X }: Pick<Dataset, "X">,
  metric: TrackedMetric,
): TrainingSpec {
  const rows = X.columns;
  const augmentation = augmentationFor(config.image, config.augment, X.rows);
  const { learningRate, classWeight, keep, optimizer, epochs, l2, seed, patience } = config;
  if (classWeight !== "none" && task === "regression") {
    throw new OptionError("--class-weight weighs classes; this target is a number (task regression)");
  }
  const defaults = defaultsOf(config);
  return {
    optimizer,
    learningRate: learningRate ?? defaults.learningRate[optimizer] ?? optimizers[optimizer].learningRate,
    epochs,
    batchSize: Math.min(config.batchSize ?? defaults.batchSize(rows), rows),
    l2,
    keep: keep.length === 1 ? keep[0] : keep,
    ...(classWeight !== "none" && { classWeight }),
    earlyStopping: { patience, metric },
    ...(augmentation && { augmentation }),
    seed,
  };
}

/**
 * What early stopping watches: the cost; but where classes are uneven, or weighed, the cost on the validation set is not
 * what training minimizes and says little of the rare class: then PR-AUC, or F1 for several classes.
 */
export function watchedMetric({ classWeight }: ChosenConfig, task: Task, counts: readonly number[]): TrackedMetric {
  if (task === "regression" || (classWeight === "none" && unevenness(counts) < uneven)) return "cost";
  return task === "binary" ? "prAuc" : "f1";
}

/** How many examples the largest class has for one of the smallest. */
export function unevenness(counts: readonly number[]): number {
  return Math.max(...counts) / Math.min(...counts);
}

/** The command that does the same again, quoted for a shell. */
export function commandLine({ file, ...others }: Source, config: ChosenConfig): string {
  const { normalize, version: _, ...valued } = config;
  const flags = Object.entries(valued)
    .filter(([name, value]) => String(value) !== String(trainDefaults[name as keyof typeof trainDefaults]))
    .flatMap(([name, value]) => [flagName(name), Array.isArray(value) && value.length === 0 ? "none" : String(value)]);
  const words = [
    ...["gradproof", "train", file, ...flags],
    ...(normalize ? [] : ["--no-normalize"]),
    ...Object.entries(others).flatMap(([name, path]) => [flagName(name), path]),
  ];
  return words.map(quoteForShell).join(" ");
}
