import type { Dataset } from "../data/dataset.js";
import type { EngineOption } from "../engine/choose.js";
import type { Checkpoint, CheckpointOptions } from "./checkpoint.js";
import type { BestPoint, HistoryEntry } from "./run.js";
import type { TrainingSpec } from "./spec.js";

/** What a run is made of beside the plain data. */
export interface SessionOptions extends TrainingSpec {
  /** Watched during the run, never trained on. */
  readonly validation?: Dataset | undefined;
  /** Weight of each training example in the cost, (1/m) Σ wⱼ · cost of example j. Default 1. */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /**
   * What computes the steps: `wasm`, `readable`, or one of `gradproof/node`. Default `wasm`; where WebAssembly is not allowed
   * `readable`, which the console is told once.
   */
  readonly engine?: EngineOption | undefined;
  /** Called with each history entry as it is made; the network then holds the weights it speaks of. */
  readonly onRecord?: ((entry: HistoryEntry) => void) | undefined;
}

/** How a run is watched, saved and ended. */
export interface WatchOptions {
  /** Save the run every so many epochs, and where `signal` ends it. */
  readonly checkpoint?: CheckpointOptions | undefined;
  /** Called between steps, at most about 20 times a second. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the work after the current step. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a caller may give beside the plain data. `onProgress` is called once more at the end; where `signal` ends a run,
 * the run so far is returned with `stopped: "aborted"`.
 */
export interface TrainOptions extends SessionOptions, WatchOptions {
  /** Go on from this checkpoint of the same run, to the same bits; the network takes its weights. */
  readonly resume?: Checkpoint | undefined;
}

export interface Progress {
  /** Steps done. */
  readonly iteration: number;
  /** Steps planned. */
  readonly iterations: number;
  /** Passes over the training set begun, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
  /** The newest history entry. */
  readonly latest: HistoryEntry;
  /** Best value of the watched metric so far, where there is validation. */
  readonly best?: BestPoint;
}
