import { dense } from "../network/dense.js";
import type { OptimizerName } from "../ops/names.js";
import type { Configuration, DataSpec, NetworkTemplate, OutputSpec, TrainingTemplate } from "./configuration.js";

/** The last layer of a configuration that leaves it to the data. */
export const output: OutputSpec = { type: "output" };

/** What fills in a configuration's gaps, where the data do not. */
export interface Defaults {
  /** Of a configuration: says by which rules columns become features; see `TableEncoder.fit`. */
  readonly version: number;
  readonly data: Required<Omit<DataSpec, "target" | "categories" | "image" | "points">> & Pick<DataSpec, "categories">;
  readonly network: Required<Pick<NetworkTemplate, "layers">>;
  readonly training: Required<Pick<TrainingTemplate, "optimizer" | "epochs">>;
  /** By optimizer; of those that came later their own. */
  readonly learningRate: Readonly<Partial<Record<OptimizerName, number>>>;
  /** Checks of early stopping without improvement. */
  readonly patience: number;
  /** Examples a step, by number of training examples. */
  readonly batchSize: (examples: number) => number;
}

/**
 * What gradproof 0.1 filled in, and versions 2 and 3 of configurations. Their files rely on these numbers without naming them, so they never change: another default
 * makes another version below.
 */
const version3: Defaults = {
  version: 3,
  data: { task: "auto", drop: [], validation: 0.2, seed: 0, normalize: true, normalizeTarget: true },
  network: { layers: [dense(32, "relu"), dense(16, "relu"), output] },
  training: { optimizer: "adam", epochs: 200 },
  learningRate: { gradientDescent: 0.01, momentum: 0.01, rmsprop: 0.001, adam: 0.001 },
  patience: 20,
  // Enough steps an epoch on a small table, enough examples a step on a large one.
  batchSize: (examples) => Math.min(256, Math.max(16, 2 ** Math.round(Math.log2(examples / 64)))),
};

/** Tables are encoded so that outliers, rare and unknown categories and missing values do no harm. */
const version4: Defaults = {
  ...version3,
  version: 4,
  data: { ...version3.data, categories: "auto", normalize: "robust", normalizeTarget: "auto" },
};

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
