import type { FloatArray } from "../array/floatArray.js";
import { OptionError } from "../constraint/constraint.js";
import { describeDifference, differences } from "../constraint/differences.js";
import { requireRecord } from "../constraint/kinds.js";
import { retiredEngine } from "../engine/requireEngineName.js";
import type { TrainerState } from "../engine/trainer.js";
import type { CompleteNetworkSpec } from "../network/parseSpec.js";
import type { DataFingerprint } from "./fingerprint.js";
import type { SchedulesSeen } from "./parseSchedule.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";
import type { BestPoint, HistoryEntry, StopReason } from "./run.js";

/** What a run is made of. A run goes on to the same numbers only where all of it is the same. */
export interface RunIdentity {
  readonly network: CompleteNetworkSpec;
  readonly training: CompleteTrainingSpec;
  readonly engine: string;
  readonly data: DataFingerprint;
  readonly validation?: DataFingerprint;
}

/** What early stopping has seen. */
export interface MonitorState {
  readonly best?: BestPoint;
  /** The weights of the best point, with early stopping, and what the network kept there without training it. */
  readonly bestTheta?: FloatArray;
  readonly bestKept?: FloatArray;
  readonly checksWithoutImprovement: number;
}

/**
 * A run between two of its steps, with all that the rest of it depends on. Batches and masks are found by seed, epoch
 * and step, so a resumed run meets the same ones.
 */
export interface Checkpoint extends RunIdentity {
  /** Update steps done. */
  readonly iteration: number;
  /** What they took. */
  readonly seconds: number;
  readonly trainer: TrainerState;
  /** Cost of the steps since the last history entry, but for what the trainer has summed. */
  readonly sinceRecord: { readonly total: number; readonly steps: number };
  readonly history: readonly HistoryEntry[];
  /** Where the run has a validation set. */
  readonly monitor?: MonitorState;
  /** Why the run has ended: of a member that rests while others go on. */
  readonly stopped?: StopReason;
  /** Where schedules go by the run, what they have seen of it. */
  readonly schedules?: SchedulesSeen;
}

/** Saves a run as it goes. */
export interface CheckpointOptions {
  /** Epochs (full batches: steps) from one checkpoint to the next. Whole number ≥ 1. */
  readonly every: number;
  /** Takes each checkpoint, which is a copy; the run waits for it and fails where it fails. */
  readonly save: (checkpoint: Checkpoint) => void | Promise<void>;
}

/**
 * Requires that a checkpoint is one of this run.
 *
 * @throws OptionError naming everything that differs
 */
export function requireSameRun(checkpoint: Checkpoint, run: RunIdentity): void {
  requireRecord("train(): the checkpoint", checkpoint, "a checkpoint of a run");
  const identity = ({ network, training, engine, data, validation }: RunIdentity): RunIdentity => ({
    network,
    training,
    engine,
    data,
    ...(validation && { validation }),
  });
  const found = differences(identity(checkpoint), identity(run)).map(describeDifference);
  if (found.length === 0) return;
  const hint =
    checkpoint.engine === retiredEngine
      ? `. The engine plain of version 0.1 is gone; to go on with ${run.engine}, whose last digits differ, resume ` +
        `{ ...checkpoint, engine: "${run.engine}" }`
      : "";
  throw new OptionError(
    `train(): the checkpoint is one of another run, which would not go on to the same numbers; what differs: ${found.join("; ")}${hint}`,
  );
}
