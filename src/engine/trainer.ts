import type { FloatArray } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";

/** An optimizer with every number filled in; `training/spec.ts` says what they mean. */
export type CompleteOptimizerSpec =
  | { readonly type: "gradientDescent" }
  | { readonly type: "momentum"; readonly momentum: number }
  | { readonly type: "rmsprop"; readonly decay: number; readonly epsilon: number }
  | {
      readonly type: "adam";
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    };

/** Whether an optimizer keeps an average of dθ. */
export function hasAverage({ type }: CompleteOptimizerSpec): boolean {
  return type === "momentum" || type === "adam";
}

/** Whether an optimizer keeps an average of dθ². */
export function hasSquare({ type }: CompleteOptimizerSpec): boolean {
  return type === "rmsprop" || type === "adam";
}

/** Everything that decides the update steps of a run. */
export interface Recipe {
  /** features × examples */
  readonly X: Matrix;
  /** outputs × examples */
  readonly Y: Matrix;
  /** One weight an example. */
  readonly weights: ArrayLike<number> | undefined;
  /** Examples a step; all of them for full batches. */
  readonly batchSize: number;
  /** Probability to keep a unit, by layer: index 0 the inputs, l hidden layer l. */
  readonly keep: readonly number[];
  /** Draw every step's masks from `RandomState(dropoutReseed)`. */
  readonly dropoutReseed: number | undefined;
  /** Of the order of the examples and of the masks. */
  readonly seed: number;
  /** λ / training examples. */
  readonly penalty: number;
  readonly optimizer: CompleteOptimizerSpec;
  readonly learningRate: number;
}

/** What an optimizer remembers between steps. Which averages there are depends on the optimizer. */
export interface OptimizerState {
  /** v, the average of dθ, laid out like θ: of momentum and Adam. */
  readonly average?: FloatArray;
  /** s, the average of dθ², laid out like θ: of RMSprop and Adam. */
  readonly square?: FloatArray;
  /** β₁ᵗ and β₂ᵗ after t steps of Adam; 1 elsewhere. */
  readonly power1: number;
  readonly power2: number;
}

/**
 * All that a trainer's next steps depend on beside its recipe and their number: batches and masks are found by seed,
 * epoch and step, so no random state is among it.
 */
export interface TrainerState extends OptimizerState {
  readonly theta: FloatArray;
  /** θ before the last update. */
  readonly previous: FloatArray;
  /** What `takeTotal` would give. */
  readonly total: number;
  /** What the network keeps from step to step and does not train, where there is such. */
  readonly kept?: FloatArray;
}

/**
 * Makes the update steps of a run. θ is the trainer's own while it runs: `sync` brings the network's up to date.
 */
export interface Trainer {
  /** Data cost and gradient (penalty included) of step `iteration` on its batch. Returns the cost. */
  gradient(iteration: number): number;
  /** Lets the optimizer change θ by the gradient of the last `gradient`. */
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
  /** Takes the features anew from `recipe.X`, whose values have changed. */
  reload(): void;
  /** Copies θ into the network. */
  sync(): void;
  /** A copy of all that the next steps depend on. */
  state(): TrainerState;
  /** Goes on from the state of a trainer of the same engine, network and recipe: the same bits follow. */
  restore(state: TrainerState): void;
  /** Gives back what the trainer holds; it is not to be used any more. */
  release(): void;
}
