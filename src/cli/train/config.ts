import type { DType } from "../../array/floatArray.js";
import {
  describeRange,
  type NumberConstraint,
  type NumberRange,
  OptionError,
  requireName,
  requireNumber,
  requireObject,
  show,
} from "../../constraint/constraint.js";
import { augmentationNames } from "../../data/augmentation/constraints.js";
import type { Task } from "../../data/dataset.js";
import { requireEngineName, retiredEngine } from "../../engine/requireEngineName.js";
import { type EngineName, engineNames } from "../../node/engineNames.js";
import { gain } from "../../ops/initializer/scaled.js";
import { denseConstraints } from "../../ops/layer/dense/dense.js";
import {
  type ActivationName,
  hiddenActivations,
  type InitializerName,
  type OptimizerName,
  names as operations,
} from "../../ops/names.js";
import { trainingConstraints } from "../../training/constraints.js";
import { trainingNames } from "../../training/parseTraining.js";
import { parseNumber, parseNumbers } from "../parse.js";
import { configDefaults, configVersion } from "./configDefaults.js";
import { requireImage, requireStep } from "./images.js";

/** What `gradproof train` can be told, by its flags or by a `--config` file with these keys. */
export interface TrainConfig {
  readonly target: string;
  readonly task: "auto" | Task;
  readonly drop: readonly string[];
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly init: InitializerName;
  readonly gain: number;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly l2: number;
  readonly keep: readonly number[];
  readonly validation: number;
  readonly patience: number;
  readonly classWeight: "none" | "balanced" | readonly number[];
  readonly seed: number;
  readonly normalize: boolean;
  /** Height x width (x channels) of images, whose pixels are the features. */
  readonly image: string;
  /** Steps of augmentation, each `name` or `name=number`. */
  readonly augment: readonly string[];
  readonly dtype: DType;
  /** The one that is gone stands in files of 0.1 alone, which can be read; nothing is trained with it. */
  readonly engine: EngineName | typeof retiredEngine;
  readonly threads: number;
}

/** One option: how it is explained, read from a flag's text, and checked where it comes from a file. */
interface Field<T> {
  readonly brief: string;
  readonly placeholder: string;
  readonly fromText: (flag: string, text: string) => T;
  readonly check: (where: string, value: unknown) => T;
}

const tasks = ["auto", "binary", "multiclass", "regression"] as const;
const dtypes = ["float64", "float32"] as const;
/** Share of the rows that a validation set may take. */
const share: NumberConstraint = { kind: "number", what: "share of the rows kept for validation", above: 0, below: 1 };

/** What fills in the options that a configuration leaves out. */
export interface ConfigDefaults {
  readonly options: Omit<TrainConfig, "target" | "learningRate" | "batchSize" | "image" | "threads">;
  /** By optimizer; of those that came later their own. */
  readonly learningRate: Readonly<Partial<Record<OptimizerName, number>>>;
  /** Examples a step, by number of training rows. */
  readonly batchSize: (rows: number) => number;
}

/** Which defaults a configuration takes. Version 1 is never written out, since 0.1 did not. */
export interface Versioned {
  readonly version?: number;
}

/** The options of a file, and which defaults it takes for the others. */
export type ConfigFile = Partial<TrainConfig> & Versioned;

/** The defaults that a configuration takes. */
export function defaultsOf({ version = 1 }: Versioned): ConfigDefaults {
  const known: Readonly<Record<number, ConfigDefaults>> = configDefaults;
  return known[version];
}

/** Defaults of the options of a command without a configuration. */
export const trainDefaults = defaultsOf({ version: configVersion }).options;

/** The table behind the flags, their help and the check of a configuration file. */
export const trainFields: { readonly [K in keyof TrainConfig]: Field<TrainConfig[K]> } = {
  target: {
    brief: "Column to predict",
    placeholder: "COLUMN",
    fromText: (_, text) => text,
    check: (where, value) => {
      if (typeof value === "string") return value;
      throw new OptionError(`${where} must be the name of a column, got ${show(value)}`);
    },
  },
  task: names("What the target is; auto reads it off the column", tasks, trainDefaults.task),
  drop: {
    brief: "Columns to leave out, such as identifiers",
    placeholder: "A,B",
    fromText: (_, text) => text.split(","),
    check: (where, value) => {
      if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
      throw new OptionError(`${where} must be an array of column names, got ${show(value)}`);
    },
  },
  hidden: {
    brief: `Units of each hidden layer, or none (default ${trainDefaults.hidden})`,
    placeholder: "32,16",
    fromText: (flag, text) => (text === "none" ? [] : parseNumbers(flag, text, denseConstraints.units)),
    check: (where, value) => list(where, value, denseConstraints.units),
  },
  activation: names("Activation of the hidden layers", hiddenActivations, trainDefaults.activation),
  init: names("How the weights start", operations.initializers, trainDefaults.init),
  gain: number({ ...gain.constraint, what: "multiplier of the initializer's standard deviation" }, trainDefaults.gain),
  optimizer: names("How the weights are updated", trainingNames.optimizers, trainDefaults.optimizer),
  learningRate: number(trainingConstraints.learningRate, "by optimizer"),
  epochs: number({ ...trainingConstraints.epochs, what: "most passes over the training set" }, trainDefaults.epochs),
  batchSize: number(trainingConstraints.batchSize, "by number of rows"),
  l2: number(trainingConstraints.l2, trainDefaults.l2),
  keep: {
    brief: "Probability to keep a hidden unit, one for all layers or one a layer (default 1: no dropout)",
    placeholder: "0.9,0.8",
    fromText: (flag, text) => parseNumbers(flag, text, trainingConstraints.keep),
    check: (where, value) => list(where, value, trainingConstraints.keep),
  },
  validation: number(share, trainDefaults.validation),
  patience: number(
    { ...trainingConstraints.patience, what: "epochs without improvement before stopping" },
    trainDefaults.patience,
  ),
  classWeight: {
    brief: "Weight of each class in the cost: balanced, none, or a list of numbers (default none)",
    placeholder: "balanced",
    fromText: (flag, text) =>
      text === "none" || text === "balanced" ? text : parseNumbers(flag, text, trainingConstraints.classWeight),
    check: (where, value) =>
      value === "none" || value === "balanced" ? value : list(where, value, trainingConstraints.classWeight),
  },
  seed: number(
    { ...trainingConstraints.seed, what: "seed of split, weights, shuffling and dropout" },
    trainDefaults.seed,
  ),
  normalize: {
    brief: "Give each feature mean 0 and variance 1 (default; --no-normalize leaves them as they are)",
    placeholder: "",
    fromText: (flag) => {
      throw new OptionError(`${flag} takes no value`);
    },
    check: (where, value) => {
      if (typeof value === "boolean") return value;
      throw new OptionError(`${where} must be true or false, got ${show(value)}`);
    },
  },
  image: {
    brief: "The features are pixels of images: height x width, or height x width x channels",
    placeholder: "28x28",
    fromText: requireImage,
    check: requireImage,
  },
  augment: {
    brief: `Change the training images anew in each epoch: ${augmentationNames.join(", ")}, each with =N or without`,
    placeholder: "rotation,shift=2",
    fromText: (flag, text) => (text === "none" ? [] : text.split(",").map((step) => requireStep(flag, step))),
    check: (where, value) => {
      if (!Array.isArray(value)) throw new OptionError(`${where} must be an array of steps, got ${show(value)}`);
      return value.map((step, i) => requireStep(`${where}[${i}]`, step));
    },
  },
  dtype: names("Precision", dtypes, trainDefaults.dtype),
  engine: {
    ...names("What computes the steps, see `gradproof engines`", engineNames, trainDefaults.engine),
    fromText: (flag, text) => requireEngineName(flag, text, engineNames),
    check: (where, value) => (value === retiredEngine ? value : requireEngineName(where, value, engineNames)),
  },
  threads: number(
    { kind: "number", what: "threads of the engines wasm-threads and native", whole: true, min: 1, max: 256 },
    "all cores",
  ),
};

/**
 * Checks a configuration that comes from a file.
 *
 * @param where the file, for messages
 * @throws OptionError naming the key that is unknown or out of its range
 */
export function parseTrainConfig(where: string, value: unknown): ConfigFile {
  const keys = Object.keys(trainFields) as (keyof TrainConfig)[];
  // A later version may know options that this one does not: it is told of first.
  const version = parseConfigVersion(where, value);
  const given = requireObject(where, value, ["version", ...keys]);
  return {
    ...version,
    ...Object.fromEntries(
      keys
        .filter((key) => given[key] !== undefined)
        .map((key) => [key, trainFields[key].check(`${where}: ${key}`, given[key])]),
    ),
  };
}

/**
 * The version that a configuration from a file names; none where it is of 0.1.
 *
 * @throws OptionError for a version that is not known here
 */
export function parseConfigVersion(where: string, value: unknown): Versioned {
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (version === undefined || version === 1) return {};
  if (typeof version === "number" && Object.hasOwn(configDefaults, version)) return { version };
  const hint = typeof version === "number" && version > configVersion ? "; it was written by a later gradproof" : "";
  throw new OptionError(
    `${where}: version must be a whole number from 1 to ${configVersion}, got ${show(version)}${hint}`,
  );
}

function number(constraint: NumberConstraint, byDefault: number | string): Field<number> {
  return {
    brief: `${capitalize(constraint.what)}: ${describeRange(constraint)} (default ${byDefault})`,
    placeholder: "N",
    fromText: (flag, text) => parseNumber(flag, text, constraint),
    check: (where, value) => requireNumber(where, value, constraint),
  };
}

function names<Name extends string>(what: string, known: readonly Name[], byDefault: Name): Field<Name> {
  return {
    brief: `${what}: ${known.join(", ")} (default ${byDefault})`,
    placeholder: "NAME",
    fromText: (flag, text) => requireName(flag, text, known),
    check: (where, value) => requireName(where, value, known),
  };
}

function list(where: string, value: unknown, constraint: NumberRange): number[] {
  if (!Array.isArray(value)) throw new OptionError(`${where} must be an array of numbers, got ${show(value)}`);
  return value.map((entry, i) => requireNumber(`${where}[${i}]`, entry, constraint));
}

function capitalize(text: string): string {
  // Latin letters only: λ and Λ are two things.
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
