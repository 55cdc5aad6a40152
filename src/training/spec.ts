import type { Augmentation } from "../data/augmentation/spec.js";
import type { PenaltyStrength } from "../network/penalty.js";
import type { OptimizerSpec } from "../ops/names.js";

/** Metrics that can be watched on a validation set. Higher is better but for `cost` and `mse`. */
export type TrackedMetric = "cost" | "accuracy" | "f1" | "rocAuc" | "prAuc" | "mse" | "r2";

export interface EarlyStopping {
  /** Checks without improvement before the run ends; each history entry is a check. Whole number ≥ 1. */
  readonly patience: number;
  /** What is watched on the validation set. Default `cost`, the only one that is better when lower (with `mse`). */
  readonly metric?: TrackedMetric;
  /** An improvement must exceed this. Default 0. */
  readonly minDelta?: number;
}

/** Settings that take new values from step `iteration` on; those not given stay. */
export interface TrainingChange {
  /** Update step, from 0. */
  readonly iteration: number;
  readonly learningRate?: number;
  readonly l1?: PenaltyStrength;
  readonly l2?: PenaltyStrength;
  readonly keep?: number | readonly number[];
  readonly inputKeep?: number;
}

/** Everything about a run that is plain data: what configuration files, share links and model files hold. */
export interface TrainingSpec {
  /** Default `adam`. */
  readonly optimizer?: OptimizerSpec;
  /** α. Default: what suits the optimizer, 0.001 for adam and rmsprop, 0.01 for the others. */
  readonly learningRate?: number;
  /** Length of the run in update steps. Give `iterations` or `epochs`, not both. */
  readonly iterations?: number;
  /** Length of the run in passes over the training set. */
  readonly epochs?: number;
  /** Examples a step. Default: all (full batch). */
  readonly batchSize?: number;
  /** λ of the penalty (λ/m) Σ|W|, m = training examples; weights only, never biases; one for all or one a layer. Default 0. */
  readonly l1?: PenaltyStrength;
  /** λ of the penalty λ/(2m) Σ‖W‖², likewise. With both the penalty is an elastic net. Default 0. */
  readonly l2?: PenaltyStrength;
  /** Inverted dropout: probability to keep a unit, one for all hidden layers or one a hidden layer. Default 1. */
  readonly keep?: number | readonly number[];
  /** The same for the input features. Default 1. */
  readonly inputKeep?: number;
  /**
   * Reference mode: draw every step's masks from NumPy's `RandomState(dropoutReseed)`, re-seeded at each step, so that
   * each step has the same masks. By default each step draws new ones from `seed`.
   */
  readonly dropoutReseed?: number;
  /** Weight of each class in the cost; `balanced` is m / (K · examples of the class). */
  readonly classWeight?: "balanced" | readonly number[];
  readonly earlyStopping?: EarlyStopping;
  /** Settings that change on the way, in the order of their steps. Default none. */
  readonly changes?: readonly TrainingChange[];
  /** Random changes of the training images, anew in each epoch. A full batch is an epoch: then at every step. */
  readonly augmentation?: Augmentation;
  /** Seed of shuffling, dropout masks and augmentation. 0 … 2³²−1, default 0. */
  readonly seed?: number;
  /** Steps between history entries. Default: each epoch with mini-batches, else about 1,000 entries a run. */
  readonly recordEvery?: number;
  /** With dropout, also record the training cost with every unit kept. Default false. */
  readonly recordCleanCost?: boolean;
}
