import type { LayerSignals } from "./signals.js";
import type { TrackedMetric, TrainingSpec } from "./spec.js";

/** One point of a run's curves: the state before update step `iteration` (counted from 0). */
export interface HistoryEntry {
  readonly iteration: number;
  /** Pass over the training set this step belongs to, from 1. */
  readonly epoch: number;
  /** dataCost + penalty. */
  readonly cost: number;
  /**
   * With mini-batches the mean over the steps since the last entry; in the last entry of a run that was ended between two, the
   * mean over the interval before as well, so that it can be compared with the others.
   */
  readonly dataCost: number;
  /** λ/(2m) Σ‖W‖². */
  readonly penalty: number;
  /** α of the step, where it has a schedule. */
  readonly learningRate?: number;
  /** Training cost with every unit kept, where dropout is on and it was asked for. */
  readonly cleanCost?: number;
  /** What passes through the layers, at up to 32 entries: the first, the last of a run that takes all its steps, and some between. */
  readonly signals?: readonly LayerSignals[];
  /** On the validation set, without dropout: data cost and the watched metric; of the averaged weights, where there are any. */
  readonly validation?: Readonly<Partial<Record<TrackedMetric, number>>>;
}

/** Where the watched metric was best. */
export interface BestPoint {
  readonly iteration: number;
  readonly epoch: number;
  readonly metric: TrackedMetric;
  readonly value: number;
}

/** Why a run ended. */
export type StopReason = "finished" | "earlyStopping" | "aborted" | "nonFinite";

/** What a training run leaves behind. The network holds the best weights (with early stopping), their average, or the last ones. */
export interface Run {
  readonly history: readonly HistoryEntry[];
  readonly stopped: StopReason;
  /** Update steps done. */
  readonly iterations: number;
  /** Passes over the training set begun. */
  readonly epochs: number;
  readonly seconds: number;
  /** Name of the engine that computed it. */
  readonly engine: string;
  /** Where the weights given back come from, with early stopping. */
  readonly best?: BestPoint;
  /** The options as used, defaults filled in. */
  readonly spec: TrainingSpec;
  /** What the run did, in one line, and which of its length, batch size, optimizer and α are defaults; JSON leaves it out. */
  toString(): string;
}
