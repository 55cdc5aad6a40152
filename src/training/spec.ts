import type { Augmentation } from "../data/augmentation/spec.js";
import type { AverageSpec, OptimizerSpec, ScheduleSpec } from "../ops/names.js";

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
  readonly l2?: number;
  readonly keep?: number | readonly number[];
  readonly inputKeep?: number;
  readonly clipNorm?: number;
  readonly clipValue?: number;
}

/** Everything about a run that is plain data: what configuration files, share links and model files hold. */
export interface TrainingSpec {
  /** Default `adam`. */
  readonly optimizer?: OptimizerSpec;
  /** α. Default: what suits the optimizer, such as 0.001 for adam. */
  readonly learningRate?: number;
  /** By what the learning rate is multiplied as the run goes. Default: by nothing. */
  readonly schedule?: ScheduleSpec;
  /** Length of the run in update steps. Give `iterations` or `epochs`, not both. */
  readonly iterations?: number;
  /** Length of the run in passes over the training set. */
  readonly epochs?: number;
  /** Examples a step. Default: all (full batch). */
  readonly batchSize?: number;
  /** λ of the penalty λ/(2m) Σ‖W‖², m = training examples; weights only, never biases. Default 0. */
  readonly l2?: number;
  /** By what λ is multiplied as the run goes. Default: by nothing. */
  readonly l2Schedule?: ScheduleSpec;
  /** By what the optimizer's weight decay is multiplied, beside the learning rate. Default: by nothing. */
  readonly weightDecaySchedule?: ScheduleSpec;
  /**
   * The most that ‖dθ‖ may be, over all parameters and with the penalty's gradient: a longer one is shortened to it before the
   * update. Above 0. Default: no bound.
   */
  readonly clipNorm?: number;
  /** The most that an entry of dθ may be, up or down; clipped before the norm is taken. Above 0. Default: no bound. */
  readonly clipValue?: number;
  /** Inverted dropout: probability to keep a unit, one for all hidden layers or one a hidden layer. Default 1. */
  readonly keep?: number | readonly number[];
  /** The same for the input features. Default 1. */
  readonly inputKeep?: number;
  /** By what the share of units that are dropped, 1 − `keep` and 1 − `inputKeep`, is multiplied. Default: by nothing. */
  readonly keepSchedule?: ScheduleSpec;
  /**
   * Reference mode: draw every step's masks from NumPy's `RandomState(dropoutReseed)`, re-seeded at each step, so that
   * each step has the same masks. By default each step draws new ones from `seed`.
   */
  readonly dropoutReseed?: number;
  /** Weight of each class in the cost; `balanced` is m / (K · examples of the class). */
  readonly classWeight?: "balanced" | readonly number[];
  readonly earlyStopping?: EarlyStopping;
  /**
   * An average of the weights over the run, as `"ema"` or `{ type: "swa", from: 0.75 }`: the validation set is watched with it,
   * and the network ends with it. Default none.
   */
  readonly average?: AverageSpec;
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
