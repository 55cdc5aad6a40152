import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import { type Dataset, exampleCount } from "../data/dataset.js";
import { chooseEngine } from "../engine/choose.js";
import type { Engine } from "../engine/plan.js";
import type { Network } from "../network/network.js";
import { type ChangeOptions, withChange } from "./changes.js";
import { type Checkpoint, type CheckpointOptions, type RunIdentity, requireSameRun } from "./checkpoint.js";
import { trainingConstraints } from "./constraints.js";
import { requireTargets } from "./evaluate.js";
import { exampleWeights } from "./exampleWeights.js";
import { fingerprintOf } from "./fingerprint.js";
import { hold } from "./holdWeights.js";
import { locateNonFinite, NonFiniteCostError } from "./nonFinite.js";
import type { Progress, SessionOptions, WatchOptions } from "./options.js";
import { type CompleteTrainingSpec, parseTrainingSpec } from "./parseTraining.js";
import { Pause } from "./pause.js";
import { Recorder } from "./recorder.js";
import { requireBatches } from "./requireBatches.js";
import type { Run, StopReason } from "./run.js";
import { type RunLength, runLengthOf } from "./runLength.js";
import { runOf } from "./runOf.js";
import type { LayerSignals } from "./signals.js";
import type { TrainingSpec } from "./spec.js";
import { StepMaker } from "./stepMaker.js";
import { Turn } from "./turn.js";

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
  private readonly turn: Turn;
  private readonly data: Dataset;
  private readonly validation: Dataset | undefined;
  private readonly runLength: RunLength;
  private readonly weights: Float64Array | undefined;
  private readonly engine: Engine;
  private readonly recorder: Recorder;
  private readonly pause = new Pause();
  private readonly steps: StepMaker;
  /** As the caller gave it. */
  private readonly given: TrainingSpec;
  private spec: CompleteTrainingSpec;
  private done = 0;
  private reason: StopReason | undefined;
  private seconds = 0;
  private started = 0;
  private reported = 0;

  /**
   * @param network changed in place
   * @param data features × examples and outputs × examples
   * @param options as those of `train`, but for what watches the run: that is given to `advance`
   */
  constructor(network: Network, data: Dataset, options: SessionOptions = {}) {
    requireRecord("train(): options", options);
    const { validation, sampleWeights, engine, onRecord, ...given } = options;
    const spec = parseTrainingSpec(given);
    requireTargets(network, data, "train(): data");
    if (validation !== undefined) requireTargets(network, validation, "train(): validation");
    else if (spec.earlyStopping !== undefined) {
      throw new OptionError("train(): earlyStopping watches a validation set; give one as options.validation");
    }
    this.network = network;
    this.turn = new Turn(network.theta);
    this.data = data;
    this.validation = validation;
    this.given = given;
    this.runLength = runLengthOf(spec, exampleCount(data));
    const { batchSize, recordEvery } = this.runLength;
    requireBatches("train()", network, exampleCount(data), batchSize);
    // Parsed again, so that the same spec is written in the same order, whatever was left to the data.
    this.spec = parseTrainingSpec({ ...spec, batchSize, recordEvery });
    this.weights = exampleWeights(data, { ...spec, sampleWeights });
    this.engine = chooseEngine("train()", engine);
    const setup = {
      network,
      data,
      spec: this.spec,
      runLength: this.runLength,
      engine: this.engine,
      weights: this.weights,
    };
    // Planned before anything else takes memory of the engine, so that a network that does not fit is told first.
    this.steps = new StepMaker(setup, this.pause);
    this.recorder = new Recorder({ ...setup, validation, onRecord });
  }

  /** Steps done. */
  get iteration(): number {
    return this.done;
  }

  /** Why the run has ended; undefined while it has not. */
  get stopped(): StopReason | undefined {
    return this.reason;
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
    if (this.reason !== undefined) return this.reason;
    requireRecord("TrainingSession.advance(): watch", watch);
    this.turn.take("TrainingSession.advance()");
    this.started = performance.now() - this.seconds * 1000;
    try {
      await this.advanceTo(Math.min(this.done + steps, this.runLength.iterations), watch);
      if (this.reason === undefined && this.done === this.runLength.iterations) await this.close("finished");
    } finally {
      this.stopClock();
      this.sync();
      this.turn.leave();
    }
    return this.reason ?? (watch.signal?.aborted === true ? "aborted" : undefined);
  }

  private async advanceTo(end: number, watch: WatchOptions): Promise<void> {
    const { runLength, recorder, pause, steps } = this;
    const { sinceRecord } = recorder;
    const { checkpoint, onProgress, signal } = watch;
    const saveEvery = this.stepsBetween(checkpoint);
    let saved = this.done;
    while (this.reason === undefined && this.done < end) {
      const iteration = this.done;
      const aborted = signal?.aborted === true;
      if (checkpoint && iteration > saved && (aborted || iteration % saveEvery === 0)) {
        this.stopClock();
        await checkpoint.save(this.checkpoint());
        saved = iteration;
      }
      if (aborted) return;
      await this.steps.prepare(iteration);
      if (iteration % runLength.recordEvery === 0) {
        const dataCost = this.record();
        if (recorder.monitor?.exhausted) {
          this.end("earlyStopping");
          return;
        }
        sinceRecord.total += dataCost;
        sinceRecord.steps++;
        steps.trainer.update();
        recorder.addUpdateRatios(steps.trainer);
        this.done++;
      } else {
        const untilRecord = runLength.recordEvery - (iteration % runLength.recordEvery);
        const untilSave = saveEvery - (iteration % saveEvery);
        const wanted = Math.min(untilRecord, untilSave, steps.untilChange(iteration), end - iteration);
        const allowed = pause.stepsToTake(wanted);
        const made = steps.advance(iteration, allowed);
        this.done += made;
        sinceRecord.steps += made;
        if (made < allowed) this.fail();
        pause.stepsTaken(made);
      }
      if (pause.due) {
        await pause.take();
        if (onProgress !== undefined && performance.now() - this.reported >= 50) {
          this.sync();
          this.stopClock();
          onProgress(this.progress());
          this.reported = performance.now();
        }
      }
    }
  }

  /**
   * Ends the run where it is: its last state goes into the history, and the network takes the average of the weights, or
   * with early stopping the best. A run that has come to its end by itself needs no call.
   *
   * @throws OptionError while another call takes steps, and where another session has trained the network since
   */
  async finish(reason: StopReason): Promise<void> {
    if (this.reason !== undefined) return;
    this.turn.take("TrainingSession.finish()");
    try {
      await this.close(reason);
    } finally {
      this.turn.leave();
    }
  }

  private async close(reason: StopReason): Promise<void> {
    if (this.recorder.history.at(-1)?.iteration !== this.done) {
      await this.steps.prepare(this.done);
      this.record();
    }
    this.end(reason);
  }

  /**
   * Changes settings from the next step on. What is changed is added to `changes` of the run's specification, so a run
   * with that specification comes to the same numbers.
   *
   * @throws OptionError for numbers out of range, and for a run that has ended
   */
  change(change: ChangeOptions): void {
    if (this.reason !== undefined) throw new OptionError("TrainingSession.change(): the run has ended");
    this.spec = withChange(this.spec, this.done, change);
    this.steps.change(this.spec, this.done);
  }

  /**
   * Brings the network's weights up to date between two steps of a call to `advance`; at its end they are.
   *
   * @throws OptionError where another session has trained the network since
   */
  sync(): void {
    // The end of a run has left the network with the weights to keep.
    if (this.reason !== undefined) return;
    this.turn.requireOwn("TrainingSession.sync()");
    this.steps.trainer.sync();
  }

  /** What passes through the layers now, on a sample of the training examples; throws as `sync` does. */
  signals(): LayerSignals[] {
    this.sync();
    return this.recorder.signals();
  }

  /** How far the run is. */
  progress(): Progress {
    const { runLength, done, seconds, recorder } = this;
    const stepsPerSecond = seconds > 0 ? done / seconds : 0;
    const best = recorder.monitor?.best;
    return {
      iteration: done,
      iterations: runLength.iterations,
      epoch: Math.max(1, Math.ceil(done / runLength.stepsPerEpoch)),
      epochs: runLength.epochs,
      stepsPerSecond,
      secondsLeft: stepsPerSecond > 0 ? (runLength.iterations - done) / stepsPerSecond : 0,
      latest: recorder.history[recorder.history.length - 1],
      ...(best && { best }),
    };
  }

  /** The run so far; one that has not ended reads as `aborted`. */
  run(): Run {
    const { spec, runLength, done, seconds, recorder } = this;
    const best = recorder.monitor?.best;
    const fields = {
      history: recorder.history,
      stopped: this.reason ?? "aborted",
      iterations: done,
      epochs: Math.ceil(done / this.runLength.stepsPerEpoch),
      seconds,
      engine: this.engine.name,
      ...(spec.earlyStopping && best && { best }),
      spec,
    };
    return runOf(fields, runLength, this.given);
  }

  /**
   * Goes on from a checkpoint of the same run.
   *
   * @throws OptionError for a checkpoint of another run, for one at its end, while another call takes steps, and where another
   *   session has trained the network since
   */
  resume(checkpoint: Checkpoint): void {
    requireSameRun(checkpoint, this.identity());
    const { iteration, seconds, trainer, sinceRecord, history, monitor, schedules } = checkpoint;
    if (iteration >= this.runLength.iterations) {
      throw new OptionError(
        `train(): the checkpoint is at step ${iteration}, but the run ends after ${this.runLength.iterations}; nothing is left to do`,
      );
    }
    this.turn.take("TrainingSession.resume()");
    this.steps.restore(iteration, schedules);
    this.steps.trainer.restore(trainer);
    this.steps.trainer.sync();
    this.turn.leave();
    if (monitor !== undefined) this.recorder.monitor?.restore(monitor);
    Object.assign(this.recorder.sinceRecord, sinceRecord);
    this.recorder.history.push(...history);
    this.done = iteration;
    this.seconds = seconds;
  }

  /**
   * Gives the engine's memory back. The network is left with the average of the weights so far, where one is taken, and with
   * early stopping with the best, unless another session has trained it since.
   */
  release(): void {
    if (this.turn.current) {
      if (this.reason === undefined) this.takeAverage();
      this.recorder.monitor?.restoreBest();
    }
    this.recorder.release();
    this.steps.trainer.release();
  }

  private stopClock(): void {
    this.seconds = (performance.now() - this.started) / 1000;
  }

  /** Leaves the network with the average of the weights, where there is one. */
  private takeAverage(): void {
    const averaged = this.steps.trainer.averaged();
    if (averaged !== undefined) hold(this.network, averaged);
  }

  private end(reason: StopReason): void {
    this.steps.trainer.sync();
    this.takeAverage();
    this.recorder.monitor?.restoreBest();
    this.reason = reason;
  }

  /** Records the state before the next step; returns the data cost of that step, whose gradient is then there. */
  private record(): number {
    const { recorder, done, spec, steps } = this;
    const { trainer, settings } = steps;
    const follow = spec.schedule && ((value: number) => steps.follow(done, value));
    const dataCost = trainer.gradient(done);
    if (!Number.isFinite(dataCost)) this.fail();
    trainer.sync();
    if (!recorder.record(done, dataCost, settings, trainer, follow)) this.fail();
    return dataCost;
  }

  /** What has to be the same for a checkpoint to be one of this run. */
  private identity(): RunIdentity {
    const { network, spec, engine, data, weights, validation } = this;
    return {
      network: network.spec,
      training: spec,
      engine: engine.name,
      data: fingerprintOf(data, weights),
      ...(validation && { validation: fingerprintOf(validation) }),
    };
  }

  private stepsBetween(checkpoint: CheckpointOptions | undefined): number {
    if (checkpoint === undefined) return Number.POSITIVE_INFINITY;
    const epochs = requireNumber("train(): checkpoint: every", checkpoint.every, trainingConstraints.checkpointEvery);
    return epochs * this.runLength.stepsPerEpoch;
  }

  private checkpoint(): Checkpoint {
    const { history, monitor, sinceRecord } = this.recorder;
    const schedules = this.steps.seen();
    return {
      ...this.identity(),
      iteration: this.done,
      seconds: this.seconds,
      trainer: this.steps.trainer.state(),
      sinceRecord: { ...sinceRecord },
      history: [...history],
      ...(monitor && { monitor: monitor.state() }),
      ...(schedules && { schedules }),
    };
  }

  /** Ends the run at a cost that is not finite, with the last finite (or the best) weights put back. */
  private fail(): never {
    const { network, done } = this;
    const { trainer, X } = this.steps;
    const before = done === 0 ? undefined : trainer.previous;
    trainer.sync();
    const where = locateNonFinite(network, X, done, this.steps.learningRate(done), before);
    network.theta.set(trainer.previous);
    network.state.set(trainer.previousKept);
    this.recorder.monitor?.restoreBest();
    this.reason = "nonFinite";
    throw new NonFiniteCostError(where, this.run());
  }
}
