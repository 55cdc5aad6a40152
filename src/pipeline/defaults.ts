import type { DType } from "../array/floatArray.js";
import type { Task } from "../data/dataset.js";
import { dense } from "../network/dense.js";
import type { OptimizerName } from "../ops/names.js";
import type {
  Configuration,
  DataSpec,
  Effort,
  NetworkTemplate,
  OutputSpec,
  TrainingTemplate,
} from "./configuration.js";

/** The last layer of a configuration that leaves it to the data. */
export const output: OutputSpec = { type: "output" };

/** How much work a training is. */
export interface EffortDefaults {
  /** Networks, of a table: of images and points one. */
  readonly members: number;
  /** Times as many epochs as `Defaults.epochs` says. */
  readonly times: (task: Task) => number;
  /** Floating-point operations of all members, to which epochs are bounded. */
  readonly budget: number;
}

/** What fills in a configuration's gaps, where the data do not. */
export interface Defaults {
  /** Of a configuration: says by which rules columns become features; see `TableEncoder.fit`. */
  readonly version: number;
  readonly effort: (effort: Effort) => EffortDefaults;
  readonly data: Required<
    Omit<DataSpec, "target" | "id" | "reading" | "categories" | "costOfMistakes" | "image" | "points" | "validation">
  > &
    Pick<DataSpec, "categories">;
  readonly network: Required<Pick<NetworkTemplate, "layers">>;
  /** Of a table or images: points are float64. */
  readonly dtype: DType;
  readonly training: Required<Pick<TrainingTemplate, "optimizer" | "earlyStopping">> &
    Pick<TrainingTemplate, "schedule">;
  /** Probability to keep a hidden unit. */
  readonly keep: (task: Task) => number;
  /** Passes over the training set, by task and number of examples. */
  readonly epochs: (task: Task, examples: number) => number;
  /** By optimizer; of those that came later their own. */
  readonly learningRate: Readonly<Partial<Record<OptimizerName, number>>>;
  /** Checks of early stopping without improvement. */
  readonly patience: number;
  /** Examples a step, by number of training examples. */
  readonly batchSize: (examples: number) => number;
}

const once = (): number => 1;

/**
 * What gradproof 0.1 filled in, and versions 2 and 3 of configurations. Their files rely on these numbers without naming them, so
 * they never change: another default makes another version below.
 */
const version3: Defaults = {
  version: 3,
  effort: () => ({ members: 1, times: once, budget: Number.POSITIVE_INFINITY }),
  data: { task: "auto", drop: [], seed: 0, normalize: true, normalizeTarget: true },
  network: { layers: [dense(32, "relu"), dense(16, "relu"), output] },
  dtype: "float64",
  training: { optimizer: "adam", earlyStopping: {} },
  keep: () => 1,
  epochs: () => 200,
  learningRate: { gradientDescent: 0.01, momentum: 0.01, rmsprop: 0.001, adam: 0.001 },
  patience: 20,
  // Enough steps an epoch on a small table, enough examples a step on a large one.
  batchSize: (examples) => Math.min(256, Math.max(16, nearestPower(examples / 64))),
};

const tera = 1e12;

/**
 * A million rows of 30 numbers take some minutes of two cores by the budget of `normal`. An epoch of all members is within each budget for
 * any table that fits into memory: with 128 units behind it, an entry costs a few thousand operations.
 */
const version4Efforts: Readonly<Record<Effort, EffortDefaults>> = {
  quick: { members: 1, times: once, budget: 2.5 * tera },
  normal: { members: 4, times: once, budget: 10 * tera },
  // Two classes are overlearned by more epochs.
  best: { members: 8, times: (task) => (task === "binary" ? 1 : 2), budget: 40 * tera },
};

/**
 * Tables are encoded so that outliers, rare and unknown categories and missing values do no harm, and learned by members of which each
 * holds out a fold. The numbers were chosen by cross-validation on training rows of public tables: see docs/tables.md.
 */
const version4: Defaults = {
  ...version3,
  version: 4,
  effort: (effort) => version4Efforts[effort],
  data: { ...version3.data, categories: "auto", normalize: "robust", normalizeTarget: "auto" },
  network: { layers: [{ type: "features", scale: 0.3 }, dense(128, "relu"), dense(128, "relu"), output] },
  dtype: "float32",
  training: {
    optimizer: { type: "adam", beta2: 0.95, weightDecay: 0.3 },
    earlyStopping: "none",
    schedule: { type: "cosine", warmup: 0.1 },
  },
  // The label of two classes says one bit, which is soon learned by heart.
  keep: (task) => (task === "binary" ? 0.9 : 1),
  // Few rows make few steps an epoch, and so few that nothing is held out are to be learned to the last.
  epochs: (task, examples) => (examples < fewestToHoldOut ? 1000 : task === "binary" ? 10 : 20),
  learningRate: { ...version3.learningRate, adam: 0.004 },
  batchSize: (examples) => Math.min(256, Math.max(64, nearestPower(examples / 64))),
};

function nearestPower(x: number): number {
  return 2 ** Math.round(Math.log2(x));
}

/** From fewer rows nothing is held out in folds: each is needed, and what the others say of it says little. */
export const fewestToHoldOut = 20;

/** Defaults by the version that a configuration names; one without a version is of 0.1, which knew none. */
export const defaultsByVersion = {
  1: version3,
  2: version3,
  3: version3,
  4: version4,
} as const satisfies Readonly<Record<number, Defaults>>;

/** The version of the configurations that are written now. */
export const configurationVersion = 4;

/** The defaults that a configuration takes: without a version of its own, those of the newest. */
export function defaultsOf({ version = configurationVersion }: Pick<Configuration, "version">): Defaults {
  const known: Readonly<Record<number, Defaults>> = defaultsByVersion;
  return known[version];
}
