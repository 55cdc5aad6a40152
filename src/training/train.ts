import { OptionError } from "../constraint/constraint.js";
import { type Dataset, exampleCount } from "../data/dataset.js";
import { chooseEngine, type EngineOption } from "../engine/choose.js";
import type { Engine } from "../engine/plan.js";
import { Predictor } from "../engine/predict.js";
import type { Recipe, Trainer } from "../engine/trainer.js";
import { squaredWeightNorm } from "../network/cost.js";
import type { Network } from "../network/network.js";
import { AugmentedImages } from "./augmentedImages.js";
import { keepOf } from "./dropout.js";
import { requireTargets } from "./evaluate.js";
import { exampleWeights } from "./exampleWeights.js";
import { Monitor } from "./monitor.js";
import { locateNonFinite, NonFiniteCostError } from "./nonFinite.js";
import type { Progress, TrainOptions } from "./options.js";
import { type CompleteTrainingSpec, parseTrainingSpec } from "./parseTraining.js";
import { Pause } from "./pause.js";
import { PlannedTrainer } from "./plannedTrainer.js";
import type { HistoryEntry, Run, StopReason } from "./run.js";

/**
 * Trains a network in place: `θ := θ − update(dθ)` with `dθ` the gradient of the cost on each batch.
 *
 * The cost is `(1/m) Σⱼ wⱼ ℓⱼ + λ/(2m) Σ‖W‖²`. With dropout it is the cost under that step's masks. History entries hold
 * the state *before* update step `iteration`; one more follows the last step. The event loop runs at least every 8 ms.
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
  const { validation, sampleWeights, engine, onProgress, onRecord, signal, ...spec } = options;
  const training = new Training(network, data, parseTrainingSpec(spec), { validation, sampleWeights, engine });
  return training.run({ onProgress, onRecord, signal });
}

/** How a caller watches and ends a run. */
type Watch = Pick<TrainOptions, "onProgress" | "onRecord" | "signal">;

/** Options that are no plain configuration. */
interface ExtraOptions {
  readonly validation: Dataset | undefined;
  readonly sampleWeights: ArrayLike<number> | undefined;
  readonly engine: EngineOption | undefined;
}

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
  private readonly images: AugmentedImages | undefined;
  private readonly history: HistoryEntry[] = [];
  private readonly started = performance.now();
  private onRecord: TrainOptions["onRecord"];
  /** Cost of the mini-batches since the last history entry. */
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
    if (extra.validation !== undefined) {
      requireTargets(network, extra.validation, "train(): validation");
      this.monitor = new Monitor(network, extra.validation, spec.earlyStopping, this.engine);
    } else if (spec.earlyStopping !== undefined) {
      throw new OptionError("train(): earlyStopping watches a validation set; give one as options.validation");
    }
    if (spec.recordCleanCost) this.cleanCost = new Predictor(network, { examples: m, engine: this.engine });
    this.trainer = this.engine.trainer?.(network, recipe) ?? new PlannedTrainer(this.engine, network, recipe);
  }

  async run(watch: Watch): Promise<Run> {
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

  private async loop({ onProgress, onRecord, signal }: Watch): Promise<Run> {
    this.onRecord = onRecord;
    const { trainer, sinceRecord } = this;
    const pause = new Pause();
    let stopped: StopReason = "finished";
    let reported = 0;
    let iteration = 0;
    while (iteration < this.iterations) {
      if (signal?.aborted) {
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
        iteration++;
      } else {
        const untilRecord = this.recordEvery - (iteration % this.recordEvery);
        const untilEpoch = this.images ? this.stepsPerEpoch - (iteration % this.stepsPerEpoch) : this.iterations;
        const steps = pause.stepsToTake(Math.min(untilRecord, untilEpoch, this.iterations - iteration));
        const made = trainer.advance(iteration, steps);
        iteration += made;
        sinceRecord.total += trainer.takeTotal();
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
    const dataCost = this.stepsPerEpoch > 1 && sinceRecord.steps > 0 ? sinceRecord.total / sinceRecord.steps : stepCost;
    if (!Number.isFinite(penalty)) this.fail(iteration);
    sinceRecord.total = 0;
    sinceRecord.steps = 0;
    this.history.push({
      iteration,
      epoch,
      cost: dataCost + penalty,
      dataCost,
      penalty,
      ...(this.cleanCost && { cleanCost: this.cleanCost.evaluate(data.X, data.Y, this.weights).dataCost + penalty }),
      ...(this.monitor && { validation: this.monitor.check(iteration, epoch) }),
    });
    this.onRecord?.(this.history[this.history.length - 1]);
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
