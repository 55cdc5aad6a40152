import type { TrainerTask } from "../engine/trainer.js";
import { type ChangeOptions, withChange } from "./changes.js";
import type { Checkpoint, RunIdentity } from "./checkpoint.js";
import { fingerprintOf } from "./fingerprint.js";
import { hold } from "./holdWeights.js";
import { locateNonFinite, NonFiniteCostError } from "./nonFinite.js";
import type { Progress } from "./options.js";
import type { CompleteTrainingSpec } from "./parseTraining.js";
import type { Pause } from "./pause.js";
import { type Recorded, Recorder } from "./recorder.js";
import type { Run, StopReason } from "./run.js";
import { runOf } from "./runOf.js";
import type { TrainingSpec } from "./spec.js";
import { StepMaker } from "./stepMaker.js";
import { Turn } from "./turn.js";

/** What a state's trainer is to do next; one object for all of its steps. */
interface NextTask extends TrainerTask {
  trainer: TrainerTask["trainer"];
  kind: TrainerTask["kind"];
  iteration: number;
  steps: number;
}

/** The state of one run: how far it is, what its next steps are, and what has come of them. */
export class RunState {
  readonly setup: Recorded;
  readonly recorder: Recorder;
  readonly steps: StepMaker;
  /** With the changes on the way. */
  spec: CompleteTrainingSpec;
  done = 0;
  reason: StopReason | undefined;
  /** Why it ended, where that is a cost that is not finite. */
  failure: NonFiniteCostError | undefined;
  seconds = 0;
  /** The step up to which it goes now. */
  goal = 0;
  private readonly turn: Turn;
  private readonly given: TrainingSpec;
  private readonly next: NextTask;

  /** @param given the specification as the caller gave it */
  constructor(setup: Recorded, given: TrainingSpec, pause: Pause) {
    this.setup = setup;
    this.given = given;
    this.spec = setup.spec;
    this.turn = new Turn(setup.network.theta);
    // Planned before anything else takes memory of the engine, so that a network that does not fit is told first.
    this.steps = new StepMaker(setup, pause);
    this.recorder = new Recorder(setup);
    this.next = { trainer: this.steps.maker, kind: "advance", iteration: 0, steps: 0, result: 0 };
  }

  /** Begins taking steps, until `leave`; throws as `Turn.take` does. */
  take(where: string): void {
    this.turn.take(where);
  }

  leave(): void {
    this.turn.leave();
  }

  /** Brings the network's weights up to date; throws as `Turn.requireOwn` does. */
  sync(where: string): void {
    // The end of a run has left the network with the weights to keep.
    if (this.reason !== undefined) return;
    this.turn.requireOwn(where);
    this.steps.trainer.sync();
  }

  /** Whether steps are left on the way to its goal. */
  get goesOn(): boolean {
    return this.reason === undefined && this.done < this.goal;
  }

  /** Makes ready for the next step. */
  async prepare(): Promise<void> {
    await this.steps.prepare(this.done);
  }

  /**
   * The task that comes next: the gradient before a step whose state is recorded, or up to `most` steps that need nothing between
   * them.
   *
   * @param threads that take tasks; where there are several, a task's steps have the same settings, so that any of them can
   */
  task(most: number, threads: number): TrainerTask {
    const { next, steps, done, goal } = this;
    const { recordEvery } = this.setup.runLength;
    next.trainer = threads > 1 ? steps.trainer : steps.maker;
    next.iteration = done;
    if (done % recordEvery === 0) {
      next.kind = "gradient";
      next.steps = 0;
    } else {
      next.kind = "advance";
      const free = Math.min(recordEvery - (done % recordEvery), steps.untilChange(done), goal - done, most);
      next.steps = threads > 1 ? steps.alike(done, free) : free;
    }
    return next;
  }

  /** Counts the steps that the task has made; after a gradient there are none yet. */
  count(): number {
    const { next, recorder } = this;
    if (next.kind === "gradient") return 0;
    this.done += next.result;
    recorder.sinceRecord.steps += next.result;
    if (next.result < next.steps) this.fail();
    return next.result;
  }

  /** Records the state whose gradient the task has found, and takes that step, unless the run ends there. */
  recordAndStep(): void {
    const { next, recorder, steps } = this;
    if (next.kind !== "gradient" || !this.record(next.result)) return;
    if (recorder.monitor?.exhausted) {
      this.end("earlyStopping");
      return;
    }
    recorder.sinceRecord.total += next.result;
    recorder.sinceRecord.steps++;
    steps.trainer.update();
    recorder.addUpdateRatios(steps.trainer);
    this.done++;
  }

  /** Takes other settings from the next step on. */
  change(change: ChangeOptions): void {
    this.spec = withChange(this.spec, this.done, change);
    this.steps.change(this.spec, this.done);
  }

  /** Ends the run where it is, its last state recorded. */
  async close(reason: StopReason): Promise<void> {
    if (this.recorder.history.at(-1)?.iteration !== this.done) {
      await this.prepare();
      this.record(this.steps.trainer.gradient(this.done));
    }
    if (this.reason === undefined) this.end(reason);
  }

  /** How far the run is. */
  progress(): Progress {
    const { done, seconds, recorder } = this;
    const { runLength } = this.setup;
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
    const { spec, done, seconds, recorder } = this;
    const { runLength, engine } = this.setup;
    const best = recorder.monitor?.best;
    const fields = {
      history: recorder.history,
      stopped: this.reason ?? "aborted",
      iterations: done,
      epochs: Math.ceil(done / runLength.stepsPerEpoch),
      seconds,
      engine: engine.name,
      ...(spec.earlyStopping && best && { best }),
      spec,
    };
    return runOf(fields, runLength, this.given);
  }

  /** What has to be the same for a checkpoint to be one of this run. */
  identity(): RunIdentity {
    const { network, engine, data, weights, validation } = this.setup;
    return {
      network: network.spec,
      training: this.spec,
      engine: engine.name,
      data: fingerprintOf(data, weights),
      ...(validation && { validation: fingerprintOf(validation) }),
    };
  }

  checkpoint(): Checkpoint {
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
      ...(this.reason !== undefined && { stopped: this.reason }),
    };
  }

  /** Goes on from a checkpoint of the same run. */
  restore({ iteration, seconds, trainer, sinceRecord, history, monitor, schedules, stopped }: Checkpoint): void {
    this.steps.restore(iteration, schedules);
    this.steps.trainer.restore(trainer);
    this.steps.trainer.sync();
    if (monitor !== undefined) this.recorder.monitor?.restore(monitor);
    Object.assign(this.recorder.sinceRecord, sinceRecord);
    this.recorder.history.push(...history);
    this.done = iteration;
    this.seconds = seconds;
    if (stopped === "nonFinite") this.fail();
    else if (stopped !== undefined) this.end(stopped);
  }

  /**
   * Gives the engine's memory back. The network, if it is still its own, is left with the average of the weights so far, where one is
   * taken, and with early stopping with the best.
   */
  release(): void {
    if (this.turn.current) {
      if (this.reason === undefined) this.takeAverage();
      this.recorder.monitor?.restoreBest();
    }
    this.recorder.release();
    this.steps.trainer.release();
  }

  private end(reason: StopReason): void {
    this.steps.trainer.sync();
    this.takeAverage();
    this.recorder.monitor?.restoreBest();
    this.reason = reason;
  }

  /** Leaves the network with the average of the weights, where there is one. */
  private takeAverage(): void {
    const averaged = this.steps.trainer.averaged();
    if (averaged !== undefined) hold(this.setup.network, averaged);
  }

  /** Records the state before the next step; false where a number of it is not finite, which ends the run. */
  private record(dataCost: number): boolean {
    const { recorder, done, spec, steps } = this;
    const { trainer, settings } = steps;
    const follow = spec.schedule && ((value: number) => steps.follow(done, value));
    if (Number.isFinite(dataCost)) {
      trainer.sync();
      if (recorder.record(done, dataCost, settings, trainer, follow)) return true;
    }
    this.fail();
    return false;
  }

  /** Ends the run at a cost that is not finite, with the last finite (or the best) weights put back. */
  private fail(): void {
    const { done } = this;
    const { network } = this.setup;
    const { trainer, X } = this.steps;
    const before = done === 0 ? undefined : trainer.previous;
    trainer.sync();
    const where = locateNonFinite(network, X, done, this.steps.learningRate(done), before);
    network.theta.set(trainer.previous);
    network.state.set(trainer.previousKept);
    this.recorder.monitor?.restoreBest();
    this.reason = "nonFinite";
    this.failure = new NonFiniteCostError(where, this.run());
  }
}
