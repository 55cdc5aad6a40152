/**
 * What fills in the options that a configuration leaves out, as gradproof 0.1 had it. Files of 0.1 rely on these numbers
 * without naming them, so they never change: another default makes another version below.
 */
const version1 = {
  /** Defaults that do not depend on the data. */
  options: {
    task: "auto",
    drop: [],
    hidden: [32, 16],
    activation: "relu",
    init: "he",
    gain: 1,
    optimizer: "adam",
    epochs: 200,
    l2: 0,
    keep: [1],
    validation: 0.2,
    patience: 20,
    classWeight: "none",
    seed: 0,
    normalize: true,
    augment: [],
    dtype: "float64",
    engine: "wasm",
  },
  learningRate: { gradientDescent: 0.01, momentum: 0.01, rmsprop: 0.001, adam: 0.001 },
  /** Examples a step: enough steps an epoch on a small table, enough examples a step on a large one. */
  batchSize: (rows: number): number => Math.min(256, Math.max(16, 2 ** Math.round(Math.log2(rows / 64)))),
} as const;

/** Defaults by the version that a configuration names. One without a version is of 0.1, which knew none. */
export const configDefaults = { 1: version1, 2: version1 } as const;

/** The version of the configurations that are written now. */
export const configVersion = 2;
