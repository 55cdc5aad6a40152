import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import { chooseEngine } from "../engine/choose.js";
import { runInTurn } from "../engine/group.js";
import type { StepSettings } from "../engine/trainer.js";
import type { Network } from "../network/network.js";
import { advance } from "./advance.js";
import type { ChangeOptions } from "./changes.js";
import { type Checkpoint, requireSameRun } from "./checkpoint.js";
import { trainingConstraints } from "./constraints.js";
import type { Progress, SessionOptions, WatchOptions } from "./options.js";
import { Pause } from "./pause.js";
import type { Run, StopReason } from "./run.js";
import type { RunState } from "./runState.js";
import { runStateOf } from "./runStateOf.js";
import type { LayerSignals } from "./signals.js";

/**
 * A training run taken in parts: some steps, a look, some more, with settings that may change between them. `train` is
 * one that goes to its end; cut into any parts, a run comes to the same numbers, to the last bit.
 *
 * Sessions on one network take turns, one after the other: while one takes steps no other may, and none goes on once another
 * has. A session that takes no steps holds only memory of its engine, until `release`.
 *
 * @throws OptionError for options out of range, and while the network is being trained by another session or `train`;
 *   ShapeError or RangeError for data that does not fit
 *
 * @example
 * import { dense, Matrix, network, TrainingSession } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")], initializer: "zeros" });
 * const data = { X: Matrix.row([0, 1, 2]), Y: Matrix.row([1, 3, 5]) };
 * const session = new TrainingSession(model, data, { optimizer: "gradientDescent", iterations: 100 });
 * await session.advance(40); // => undefined
 * session.change({ learningRate: 0.1 });
 * await session.advance(60); // => "finished"
 * session.run().spec.changes; // => [{ iteration: 40, learningRate: 0.1 }]
 * session.release();
 */
export class TrainingSession {
  readonly network: Network;
  protected readonly state: RunState;
  private readonly pause: Pause;

  /**
   * @param network changed in place
   * @param data features × examples and outputs × examples
   * @param options as those of `train`, but for what watches the run: that is given to `advance`
   */
  constructor(network: Network, data: Dataset, options: SessionOptions = {}) {
    requireRecord("train(): options", options);
    this.network = network;
    this.pause = new Pause();
    this.state = runStateOf(network, data, options, chooseEngine("train()", options.engine), this.pause);
  }

  /** Steps done. */
  get iteration(): number {
    return this.state.done;
  }

  /** Why the run has ended; undefined while it has not. */
  get stopped(): StopReason | undefined {
    return this.state.reason;
  }

  /**
   * Takes up to `steps` steps. The event loop runs at least every 8 ms.
   *
   * @param steps default: to the end of the run
   * @returns why the run has ended; `aborted` where `signal` ended the call, which leaves the session as it is;
   *   undefined where there is more to do
   * @throws NonFiniteCostError when the cost becomes NaN or infinite; the network then holds the last finite weights;
   *   OptionError while another call takes steps, and where another session has trained the network since
   */
  async advance(steps = Number.POSITIVE_INFINITY, watch: WatchOptions = {}): Promise<StopReason | undefined> {
    const { state, pause } = this;
    if (state.reason !== undefined) return state.reason;
    requireRecord("TrainingSession.advance(): watch", watch);
    const { checkpoint, onProgress, signal } = watch;
    await advance("TrainingSession.advance()", [state], inTurn, pause, steps, {
      checkpoint: checkpoint && {
        every: requireNumber("train(): checkpoint: every", checkpoint.every, trainingConstraints.checkpointEvery),
        save: () => checkpoint.save(state.checkpoint()),
      },
      onProgress: onProgress && (() => onProgress(state.progress())),
      signal,
    });
    if (state.failure !== undefined) throw state.failure;
    return state.reason ?? (signal?.aborted === true ? "aborted" : undefined);
  }

  /**
   * Ends the run where it is: its last state goes into the history, and the network takes the average of the weights, or
   * with early stopping the best. A run that has come to its end by itself needs no call.
   *
   * @throws OptionError while another call takes steps, and where another session has trained the network since
   */
  async finish(reason: StopReason): Promise<void> {
    const { state } = this;
    if (state.reason !== undefined) return;
    state.take("TrainingSession.finish()");
    try {
      await state.close(reason);
    } finally {
      state.leave();
    }
    if (state.failure !== undefined) throw state.failure;
  }

  /**
   * Changes settings from the next step on. What is changed is added to `changes` of the run's specification, so a run
   * with that specification comes to the same numbers.
   *
   * @throws OptionError for numbers out of range, and for a run that has ended
   */
  change(change: ChangeOptions): void {
    const { state } = this;
    if (state.reason !== undefined) throw new OptionError("TrainingSession.change(): the run has ended");
    state.change(change);
  }

  /**
   * Brings the network's weights up to date between two steps of a call to `advance`; at its end they are.
   *
   * @throws OptionError where another session has trained the network since
   */
  sync(): void {
    this.state.sync("TrainingSession.sync()");
  }

  /** What passes through the layers now, on a sample of the training examples; throws as `sync` does. */
  signals(): LayerSignals[] {
    this.sync();
    return this.state.recorder.signals();
  }

  /** What the next step is made with, as changes and schedules leave it. */
  settings(): StepSettings {
    const { state } = this;
    return state.steps.at(state.done);
  }

  /** How far the run is. */
  progress(): Progress {
    return this.state.progress();
  }

  /** The run so far; one that has not ended reads as `aborted`. */
  run(): Run {
    return this.state.run();
  }

  /**
   * Goes on from a checkpoint of the same run.
   *
   * @throws OptionError for a checkpoint of another run, for one at its end, while another call takes steps, and where another
   *   session has trained the network since
   */
  resume(checkpoint: Checkpoint): void {
    const { state } = this;
    requireSameRun(checkpoint, state.identity());
    const { iterations } = state.setup.runLength;
    if (checkpoint.iteration >= iterations && checkpoint.stopped === undefined) {
      throw new OptionError(
        `train(): the checkpoint is at step ${checkpoint.iteration}, but the run ends after ${iterations}; nothing is left to do`,
      );
    }
    state.take("TrainingSession.resume()");
    state.restore(checkpoint);
    state.leave();
  }

  /**
   * Gives the engine's memory back. The network is left with the average of the weights so far, where one is taken, and with
   * early stopping with the best, unless another session has trained it since.
   */
  release(): void {
    this.state.release();
  }
}

const inTurn = { run: runInTurn, threads: 1 };
