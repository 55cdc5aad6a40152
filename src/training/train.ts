import { OptionError, requireNumber } from "../constraint/constraint.js";
import { type Dataset, exampleCount } from "../data/dataset.js";
import { chooseEngine, type EngineOption } from "../engine/choose.js";
import type { Engine } from "../engine/plan.js";
import { Predictor } from "../engine/predict.js";
import type { Recipe, Trainer } from "../engine/trainer.js";
import { squaredWeightNorm } from "../network/cost.js";
import type { Network } from "../network/network.js";
import { AugmentedImages } from "./augmentedImages.js";
import { type Checkpoint, type CheckpointOptions, type RunIdentity, requireSameRun } from "./checkpoint.js";
import { trainingConstraints } from "./constraints.js";
import { keepOf } from "./dropout.js";
import { requireTargets } from "./evaluate.js";
import { exampleWeights } from "./exampleWeights.js";
import { fingerprintOf } from "./fingerprint.js";
import { Monitor } from "./monitor.js";
import { locateNonFinite, NonFiniteCostError } from "./nonFinite.js";
import type { Progress, TrainOptions } from "./options.js";
import { type CompleteTrainingSpec, parseTrainingSpec } from "./parseTraining.js";
import { Pause } from "./pause.js";
import { PlannedTrainer } from "./plannedTrainer.js";
import type { HistoryEntry, Run, StopReason } from "./run.js";
import { momentsOf, SignalSample, updateRatios } from "./signals.js";

/**
 * Trains a network in place: `θ := θ − update(dθ)` with `dθ` the gradient of the cost on each batch.
 *
 * The cost is `(1/m) Σⱼ wⱼ ℓⱼ + λ/(2m) Σ‖W‖²`. With dropout it is the cost under that step's masks. History entries hold
 * the state *before* update step `iteration`; one more follows the last step. The event loop runs at least every 8 ms.
 *
 * A long run can be saved as it goes (`checkpoint`) and taken up again after whatever ended it (`resume`): it then comes
 * to the same numbers, to the last bit, as if nothing had happened.
 *
 * With `earlyStopping` the network is given the best weights back however the run ends; otherwise it keeps the last.
 *
 * @param network changed in place
 * @param data features × examples and outputs × examples
 * @param options see `TrainOptions`; the defaults are Adam, α = 0.001, 1,000 full-batch iterations
 * @returns the run: history, why it ended, the options as used
 * @throws OptionError for options out of range, ShapeError or RangeError for data that does not fit, and
 *   NonFiniteCostError when the cost becomes NaN or infinite
 *
 * @example
 * import { dense, Matrix, network, train } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")], initializer: "zeros" });
 * const data = { X: Matrix.row([0, 1, 2]), Y: Matrix.row([1, 3, 5]) }; // y = 2x + 1
 * const run = await train(model, data, { optimizer: "gradientDescent", learningRate: 0.1, iterations: 1000 });
 * run.stopped; // => "finished"
 * Math.round(model.parameters.W1.get(0, 0) * 1e6) / 1e6; // => 2
 */
export async function train(network: Network, data: Dataset, options: TrainOptions = {}): Promise<Run> {
  const { validation, sampleWeights, engine, checkpoint, resume, onProgress, onRecord, signal, ...spec } = options;
  const training = new Training(network, data, parseTrainingSpec(spec), { validation, sampleWeights, engine });
  return training.run({ checkpoint, resume, onProgress, onRecord, signal });
}

/** Options that are no plain configuration. */
interface ExtraOptions {
  readonly validation: Dataset | undefined;
  readonly sampleWeights: ArrayLike<number> | undefined;
  readonly engine: EngineOption | undefined;
}

/** How a run is watched, saved and taken up again. */
type WatchOptions = Pick<TrainOptions, "checkpoint" | "resume" | "onProgress" | "onRecord" | "signal">;

/** Everything a run needs, planned once. */
class Training {
  private readonly network: Network;
  private readonly data: Dataset;
  private readonly spec: CompleteTrainingSpec;
  private readonly stepsPerEpoch: number;
  private readonly iterations: number;
  private readonly recordEvery: number;
  private readonly weights: Float64Array | undefined;
  private readonly engine: Engine;
  private readonly trainer: Trainer;
  private readonly monitor: Monitor | undefined;
  private readonly cleanCost: Predictor | undefined;
  private readonly sample: SignalSample;
  /** History entries from one with signals to the next. */
  private readonly signalsEvery: number;
  private readonly validation: Dataset | undefined;
  private readonly images: AugmentedImages | undefined;
  private onRecord: TrainOptions["onRecord"];
  private readonly history: HistoryEntry[] = [];
  private started = performance.now();
  /** Cost of the mini-batches since the last history entry, but for what the trainer has summed. */
  private readonly sinceRecord = { total: 0, steps: 0 };

  constructor(network: Network, data: Dataset, spec: CompleteTrainingSpec, extra: ExtraOptions) {
    requireTargets(network, data, "train(): data");
    const m = exampleCount(data);
    const batchSize = Math.min(spec.batchSize ?? m, m);
    this.network = network;
    this.data = data;
    this.stepsPerEpoch = Math.ceil(m / batchSize);
    this.iterations = spec.iterations ?? (spec.epochs ?? 1) * this.stepsPerEpoch;
    this.recordEvery = spec.recordEvery ?? this.defaultRecordEvery();
    this.spec = { ...spec, batchSize, recordEvery: this.recordEvery };
    this.weights = exampleWeights(data, { ...spec, ...extra });
    this.engine = chooseEngine("train()", extra.engine);
    if (spec.augmentation !== undefined) {
      this.images = new AugmentedImages(data.X, spec.augmentation, spec.seed);
    }
    const recipe: Recipe = {
      X: this.images?.X ?? data.X,
      Y: data.Y,
      weights: this.weights,
      batchSize,
      keep: keepOf(spec, network),
      dropoutReseed: spec.dropoutReseed,
      seed: spec.seed,
      penalty: spec.l2 / m,
      optimizer: spec.optimizer,
      learningRate: spec.learningRate,
    };
    const parameters = network.theta.length;
    const entries = Math.floor(this.iterations / this.recordEvery) + 1;
    this.sample = new SignalSample(data.X, data.Y, parameters);
    this.signalsEvery = Math.ceil(entries / momentsOf(parameters, this.iterations * batchSize));
    this.validation = extra.validation;
    if (extra.validation !== undefined) {
      requireTargets(network, extra.validation, "train(): validation");
      this.monitor = new Monitor(network, extra.validation, spec.earlyStopping, this.engine);
    } else if (spec.earlyStopping !== undefined) {
      throw new OptionError("train(): earlyStopping watches a validation set; give one as options.validation");
    }
    if (spec.recordCleanCost) this.cleanCost = new Predictor(network, { examples: m, engine: this.engine });
    this.trainer = this.engine.trainer?.(network, recipe) ?? new PlannedTrainer(this.engine, network, recipe);
  }

  async run(watch: WatchOptions): Promise<Run> {
    try {
      return await this.loop(watch);
    } catch (error) {
      if (!(error instanceof NonFiniteCostError)) this.trainer.sync();
      throw error;
    } finally {
      // However the run ended, an exception of the caller's own included.
      this.monitor?.restoreBest();
      this.monitor?.release();
      this.cleanCost?.release();
      this.trainer.release();
    }
  }

  private async loop({ checkpoint, resume, onProgress, onRecord, signal }: WatchOptions): Promise<Run> {
    this.onRecord = onRecord;
    const { trainer, sinceRecord } = this;
    const identity = checkpoint || resume ? this.identity() : undefined;
    const saveEvery = this.stepsBetween(checkpoint);
    const pause = new Pause();
    let stopped: StopReason = "finished";
    let reported = 0;
    let iteration = identity && resume ? this.resume(resume, identity) : 0;
    let saved = iteration;
    while (iteration < this.iterations) {
      const aborted = signal?.aborted === true;
      if (checkpoint && identity && iteration > saved && (aborted || iteration % saveEvery === 0)) {
        await checkpoint.save(this.checkpoint(identity, iteration));
        saved = iteration;
      }
      if (aborted) {
        stopped = "aborted";
        break;
      }
      await this.meetEpoch(iteration, pause);
      if (iteration % this.recordEvery === 0) {
        const dataCost = this.gradient(iteration);
        this.record(iteration, dataCost);
        if (this.monitor?.exhausted) {
          stopped = "earlyStopping";
          break;
        }
        sinceRecord.total += dataCost;
        sinceRecord.steps++;
        trainer.update();
        this.addUpdateRatios();
        iteration++;
      } else {
        const untilRecord = this.recordEvery - (iteration % this.recordEvery);
        const untilSave = saveEvery - (iteration % saveEvery);
        const untilEpoch = this.images ? this.stepsPerEpoch - (iteration % this.stepsPerEpoch) : this.iterations;
        const steps = pause.stepsToTake(Math.min(untilRecord, untilSave, untilEpoch, this.iterations - iteration));
        const made = trainer.advance(iteration, steps);
        iteration += made;
        sinceRecord.steps += made;
        if (made < steps) this.fail(iteration);
        pause.stepsTaken(made);
      }
      if (pause.due) {
        await pause.take();
        if (onProgress !== undefined && performance.now() - reported >= 50) {
          trainer.sync();
          onProgress(this.progress(iteration));
          reported = performance.now();
        }
      }
    }
    if (this.history.at(-1)?.iteration !== iteration) {
      await this.meetEpoch(iteration, pause);
      this.record(iteration, this.gradient(iteration));
    }
    onProgress?.(this.progress(iteration));
    return this.result(iteration, stopped);
  }

  /** Changes the training images where a new epoch begins. */
  private async meetEpoch(iteration: number, pause: Pause): Promise<void> {
    if (await this.images?.meet(Math.floor(iteration / this.stepsPerEpoch) + 1, pause)) this.trainer.reload();
  }

  /** Data cost and gradient of this iteration, which must be finite. */
  private gradient(iteration: number): number {
    const dataCost = this.trainer.gradient(iteration);
    if (!Number.isFinite(dataCost)) this.fail(iteration);
    return dataCost;
  }

  /** Adds the state before step `iteration` to the history, and shows it to the monitor. */
  private record(iteration: number, stepCost: number): void {
    const { network, data, sinceRecord } = this;
    const { l2 } = this.spec;
    this.trainer.sync();
    const epoch = Math.min(Math.floor(iteration / this.stepsPerEpoch) + 1, this.epochs);
    const penalty = l2 === 0 ? 0 : (l2 / (2 * data.X.columns)) * squaredWeightNorm(network);
    // Taken once an entry: taken more often, the sum's last bits would depend on how fast the machine is.
    const total = sinceRecord.total + this.trainer.takeTotal();
    const dataCost = this.stepsPerEpoch > 1 && sinceRecord.steps > 0 ? total / sinceRecord.steps : stepCost;
    if (!Number.isFinite(penalty)) this.fail(iteration);
    sinceRecord.total = 0;
    sinceRecord.steps = 0;
    this.history.push({
      iteration,
      epoch,
      cost: dataCost + penalty,
      dataCost,
      penalty,
      ...(this.takesSignals(iteration) && { signals: this.sample.take(network) }),
      ...(this.cleanCost && { cleanCost: this.cleanCost.evaluate(data.X, data.Y, this.weights).dataCost + penalty }),
      ...(this.monitor && { validation: this.monitor.check(iteration, epoch) }),
    });
    this.onRecord?.(this.history[this.history.length - 1]);
  }

  /** Whether signals are taken before step `iteration`: at moments spread evenly over the entries, and at the end. */
  private takesSignals(iteration: number): boolean {
    return iteration === this.iterations || (iteration / this.recordEvery) % this.signalsEvery === 0;
  }

  /** Adds to the newest entry's signals what the update after it has changed. */
  private addUpdateRatios(): void {
    const { network, trainer, history } = this;
    const entry = history[history.length - 1];
    if (entry.signals === undefined) return;
    trainer.sync();
    const ratios = updateRatios(network, trainer.previous, network.theta);
    const signals = entry.signals.map((layer, l) => {
      const updateRatio = ratios[l];
      return updateRatio === undefined ? layer : { ...layer, updateRatio };
    });
    history[history.length - 1] = { ...entry, signals };
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
    return epochs * this.stepsPerEpoch;
  }

  /** The run before step `iteration`. */
  private checkpoint(identity: RunIdentity, iteration: number): Checkpoint {
    return {
      ...identity,
      iteration,
      seconds: (performance.now() - this.started) / 1000,
      trainer: this.trainer.state(),
      sinceRecord: { ...this.sinceRecord },
      history: [...this.history],
      ...(this.monitor && { monitor: this.monitor.state() }),
    };
  }

  /** Takes up the run where a checkpoint has left it; returns the step to go on with. */
  private resume(checkpoint: Checkpoint, identity: RunIdentity): number {
    requireSameRun(checkpoint, identity);
    const { iteration, seconds, trainer, sinceRecord, history, monitor } = checkpoint;
    if (iteration >= this.iterations) {
      throw new OptionError(
        `train(): the checkpoint is at step ${iteration}, but the run ends after ${this.iterations}; nothing is left to do`,
      );
    }
    this.trainer.restore(trainer);
    if (monitor !== undefined) this.monitor?.restore(monitor);
    Object.assign(this.sinceRecord, sinceRecord);
    this.history.push(...history);
    this.started -= seconds * 1000;
    return iteration;
  }

  private get epochs(): number {
    return Math.ceil(this.iterations / this.stepsPerEpoch);
  }

  /** Each epoch with mini-batches; with full batches about 1,000 entries a run. */
  private defaultRecordEvery(): number {
    const { stepsPerEpoch } = this;
    return stepsPerEpoch > 1 ? stepsPerEpoch : Math.max(1, Math.floor(this.iterations / 1000));
  }

  private progress(done: number): Progress {
    const seconds = (performance.now() - this.started) / 1000;
    const stepsPerSecond = seconds > 0 ? done / seconds : 0;
    return {
      iteration: done,
      iterations: this.iterations,
      epoch: Math.max(1, Math.ceil(done / this.stepsPerEpoch)),
      epochs: this.epochs,
      stepsPerSecond,
      secondsLeft: stepsPerSecond > 0 ? (this.iterations - done) / stepsPerSecond : 0,
      latest: this.history[this.history.length - 1],
      ...(this.monitor?.best && { best: this.monitor.best }),
    };
  }

  private result(iteration: number, stopped: StopReason): Run {
    return {
      history: this.history,
      stopped,
      iterations: iteration,
      epochs: Math.ceil(iteration / this.stepsPerEpoch),
      seconds: (performance.now() - this.started) / 1000,
      engine: this.engine.name,
      ...(this.spec.earlyStopping && this.monitor?.best && { best: this.monitor.best }),
      spec: this.spec,
    };
  }

  /** Ends the run at a cost that is not finite, with the last finite (or the best) weights put back. */
  private fail(iteration: number): never {
    const { network, trainer } = this;
    const before = iteration === 0 ? undefined : trainer.previous;
    trainer.sync();
    const where = locateNonFinite(network, this.images?.X ?? this.data.X, iteration, this.spec.learningRate, before);
    network.theta.set(trainer.previous);
    throw new NonFiniteCostError(where, this.result(iteration, "nonFinite"));
  }
}
