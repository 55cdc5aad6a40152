import { dense } from "../network/dense.js";
import type { OptimizerName } from "../ops/names.js";
import type { DataSpec, NetworkTemplate, OutputSpec, TrainingTemplate } from "./configuration.js";

/** The last layer of a configuration that leaves it to the data. */
export const output: OutputSpec = { type: "output" };

/** What fills in a configuration's gaps, where the data do not. */
export interface Defaults {
  readonly data: Required<Omit<DataSpec, "target" | "reading" | "categories" | "image" | "points">>;
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
 * What gradproof 0.1 filled in. Its files rely on these numbers without naming them, so they never change: another default
 * makes another version below.
 */
const version1: Defaults = {
  data: { task: "auto", drop: [], validation: 0.2, seed: 0, normalize: true, normalizeTarget: true },
  network: { layers: [dense(32, "relu"), dense(16, "relu"), output] },
  training: { optimizer: "adam", epochs: 200 },
  learningRate: { gradientDescent: 0.01, momentum: 0.01, rmsprop: 0.001, adam: 0.001 },
  patience: 20,
  // Enough steps an epoch on a small table, enough examples a step on a large one.
  batchSize: (examples) => Math.min(256, Math.max(16, 2 ** Math.round(Math.log2(examples / 64)))),
};

/** Defaults by the version that a configuration names; one without a version is of 0.1, which knew none. */
export const defaultsByVersion = { 1: version1, 2: version1, 3: version1 } as const;

/** The version of the configurations that are written now. */
export const configurationVersion = 3;

/** The defaults of a configuration without a version of its own. */
export const defaults: Defaults = defaultsByVersion[configurationVersion];
