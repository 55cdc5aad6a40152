import type { FloatArray } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import type { Penalty } from "../network/penalty.js";
import type { AveragePlan } from "../ops/average/average.js";
import { optimizers } from "../ops/generated/optimizers.js";
import type { CompleteOptimizerSpec } from "../ops/names.js";
import type { Average, OptimizerState } from "../ops/optimizer/optimizer.js";

/** Whether an optimizer keeps an average of dθ. */
export function hasAverage({ type }: CompleteOptimizerSpec): boolean {
  return averagesOf(type).includes("average");
}

/** Whether an optimizer keeps an average of dθ². */
export function hasSquare({ type }: CompleteOptimizerSpec): boolean {
  return averagesOf(type).includes("square");
}

function averagesOf(type: CompleteOptimizerSpec["type"]): readonly Average[] {
  return optimizers[type].remembers;
}

/** What may differ from step to step beside the batch: plain numbers in float64, as the library computes them for each step. */
export interface StepSettings {
  /** α. */
  readonly learningRate: number;
  /** Of each weight matrix. */
  readonly penalty: Penalty;
  /** What the weight decay of the optimizer is multiplied by, where it has one. */
  readonly weightDecayFactor: number;
  /** The most that the norm of dθ, and that an entry of it, may be. Default: no bound. */
  readonly clipNorm?: number;
  readonly clipValue?: number;
  /** Probability to keep a unit, by the site of a dropout step: 0 the inputs, l hidden layer l. */
  readonly keep: readonly number[];
}

/** What a run's update steps have in common, and the settings that the first of them has. */
export interface Recipe {
  /** features × examples */
  readonly X: Matrix;
  /** outputs × examples */
  readonly Y: Matrix;
  /** One weight an example. */
  readonly weights: ArrayLike<number> | undefined;
  /** Examples a step; all of them for full batches. */
  readonly batchSize: number;
  /** Whether a site drops units at some step: only such a one may be given a `keep` below 1. */
  readonly drops: readonly boolean[];
  /** Draw every step's masks from `RandomState(dropoutReseed)`. */
  readonly dropoutReseed: number | undefined;
  /** Of the order of the examples and of the masks. */
  readonly seed: number;
  readonly optimizer: CompleteOptimizerSpec;
  /** The average of the weights to take. Default none. */
  readonly average?: AveragePlan | undefined;
  readonly settings: StepSettings;
}

/**
 * All that a trainer's next steps depend on beside its recipe and their number: batches and masks are found by seed,
 * epoch and step, so no random state is among it.
 */
export interface TrainerState extends OptimizerState {
  readonly theta: FloatArray;
  /** θ before the last update. */
  readonly previous: FloatArray;
  /** The average of θ and of what the network keeps beside it, with the sum of the weights in it, where one is taken. */
  readonly averaged?: FloatArray;
  readonly averagedKept?: FloatArray;
  readonly averagedWeight?: number;
  /** What `takeTotal` would give. */
  readonly total: number;
  /** What the network keeps from step to step and does not train, where there is such, and what it was before the last update. */
  readonly kept?: FloatArray;
  readonly previousKept?: FloatArray;
}

/** An average of the weights, not to be kept: the next step changes it. */
export interface Averaged {
  /** Laid out like θ. */
  readonly theta: FloatArray;
  /** The same of what the network keeps from step to step and does not train. */
  readonly kept: FloatArray;
}

/**
 * Makes the update steps of a run. θ is the trainer's own while it runs: `sync` brings the network's up to date.
 */
export interface Trainer {
  /** New settings for the steps that follow; between `gradient` and `update`, for that update on. */
  set(settings: StepSettings): void;
  /** Data cost and gradient (penalty included) of step `iteration` on its batch. Returns the cost. */
  gradient(iteration: number): number;
  /** Lets the optimizer change θ by the gradient of the last `gradient`; what the network keeps, such as running averages, follows. */
  update(): void;
  /**
   * Gradient and update for up to `steps` steps from `iteration` on. Ends early, before the update, at a cost that is
   * not finite; then returns fewer than `steps`.
   */
  advance(iteration: number, steps: number): number;
  /** Sum of the data costs of the steps that `advance` has made since the last call. */
  takeTotal(): number;
  /** Derivative by θ of the last cost, laid out like θ. */
  readonly dTheta: FloatArray;
  /** θ as it is now. */
  readonly theta: FloatArray;
  /** θ before the last update. */
  readonly previous: FloatArray;
  /** What the network kept then and does not train. */
  readonly previousKept: FloatArray;
  /** Takes the features anew from `recipe.X`, whose values have changed. */
  reload(): void;
  /** Copies θ into the network, and what it keeps without training it. */
  sync(): void;
  /** The average of the weights so far; undefined where none is taken, and before the first that counts. */
  averaged(): Averaged | undefined;
  /** A copy of all that the next steps depend on. */
  state(): TrainerState;
  /** Goes on from the state of a trainer of the same engine, network and recipe: the same bits follow. */
  restore(state: TrainerState): void;
  /** Gives back what the trainer holds; it is not to be used any more. */
  release(): void;
}

/** What one of several trainers is to do, as `Trainer.gradient` or `Trainer.advance` would. */
export interface TrainerTask {
  readonly trainer: Pick<Trainer, "gradient" | "advance">;
  readonly kind: "gradient" | "advance";
  readonly iteration: number;
  /** Of `advance`. */
  readonly steps: number;
  /** The data cost, or the steps made, once the task is done. */
  result: number;
}
