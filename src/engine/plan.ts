import type { FloatArray } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import type { Network } from "../network/network.js";
import type { Readings, Window } from "./readings.js";
import type { Recipe, Trainer, TrainerTask } from "./trainer.js";

/** What a plan is made for: fixed once, so that no step allocates. */
export interface PlanOptions {
  /** The most examples a batch may hold. */
  readonly capacity: number;
  /**
   * Whether units are dropped, by the site of a dropout step: 0 the inputs, l hidden layer l. Left out for a plan without
   * dropout.
   */
  readonly drops?: readonly boolean[];
  /** Plan the backward pass too. Default true. */
  readonly training?: boolean;
}

/**
 * One network's forward pass over one batch, with its workspace planned once: what predictions take. It reads the
 * network's θ, so an update of θ is seen by the next pass.
 */
export interface ForwardPlan {
  readonly capacity: number;
  /** A[L], outputs × examples, row-major, of the last `forward` or `cost`; valid until the next pass. */
  readonly output: FloatArray;
  /**
   * Takes a batch: `count` examples of the data, those named by `indices[from], …` or, without indices, from column
   * `from` on. `weights` are those of all examples of the data.
   */
  load(batch: Batch): void;
  /**
   * Forward pass without dropout: fills `output`.
   *
   * @param of whose weights it is run with: another network of the same architecture. Default: the plan's own
   */
  forward(of?: Network): void;
  /** Gives back what the plan holds; neither it nor its arrays are to be used any more. */
  release(): void;
}

/** One network's forward and backward pass over one batch. */
export interface Plan extends ForwardPlan {
  /** Derivative of the data cost by θ, laid out like θ; filled by `step`. The penalty is not in it. */
  readonly dTheta: FloatArray;
  /** What the network is to keep once the step is made, such as running averages, laid out like `network.state`; filled by `step`. */
  readonly nextState: FloatArray;
  /**
   * Dropout masks to fill before each step, one byte a unit and example, 1 = kept; by site as in `drops`, undefined
   * where nothing is dropped. Row-major, units × examples of the loaded batch.
   */
  readonly masks: readonly (Uint8Array | undefined)[];
  /** Takes the probability to keep a unit, by site, for the steps that follow; before there is one, 1. */
  setKeep(keep: readonly number[]): void;
  /**
   * A pass of training on the loaded batch (forward with dropout, loss, backward): fills `dTheta` and `nextState`, returns the data
   * cost. The network stays as it is.
   */
  step(): number;
  /** Forward pass without dropout and the loss: fills `output`, returns the data cost. */
  cost(): number;
  /**
   * A[1] … A[L] of the last pass, units × examples, before dropout masks; valid until the next pass.
   *
   * @throws RangeError for a batch of more than 64 examples: an engine keeps of a larger one what it works on
   */
  activations(): Window[];
  /** Reads numbers of `dTheta` and of `activations`. */
  readonly readings: Readings;
}

/** The most examples of a batch whose activations a plan keeps. */
export const mostKept = 64;

/** Throws where a batch is too large for `Plan.activations`. */
export function requireKept(count: number): void {
  if (count > mostKept) throw new RangeError(`a plan keeps the activations of ${mostKept} examples, got ${count}`);
}

/** Examples to load into a plan; what changes from step to step may be changed in place. */
export interface Batch {
  /** features × examples */
  readonly X: Matrix;
  /** outputs × examples; may be left out where only `forward` follows. */
  readonly Y?: Matrix;
  /** One weight an example of the data. */
  readonly weights?: ArrayLike<number> | undefined;
  indices?: ArrayLike<number> | undefined;
  from: number;
  count: number;
}

/** A way to predict fast. */
export interface ForwardEngine {
  readonly name: string;
  /** Whether it gives the same bits on every machine. */
  readonly reproducible: boolean;
  /** Why the engine cannot run here; undefined where it can. */
  unavailable(): string | undefined;
  plan(network: Network, options: PlanOptions): ForwardPlan;
}

/** A way to run a network fast. Every engine gives the numbers of the readable pass in `network/`. */
export interface Engine extends ForwardEngine {
  plan(network: Network, options: PlanOptions): Plan;
  /** Makes update steps by itself; where left out, they are made from plans one by one. */
  trainer?(network: Network, recipe: Recipe): Trainer;
  /** For trainers of so many networks side by side; where left out, they take turns. */
  group?(members: number): EngineGroup;
}

/** An engine for several trainers that go on side by side, each to the bits it would come to alone. */
export interface EngineGroup {
  /** Makes their trainers; what has one training set has it in memory once. */
  readonly engine: Engine;
  /** Threads that take tasks. */
  readonly threads: number;
  /** Does a task of each, in any order or at once. */
  run(tasks: readonly TrainerTask[]): void;
  /** Gives back what the group holds beside its trainers; it is not to be used any more. */
  release(): void;
}
