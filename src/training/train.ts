import type { FloatArray } from "../array/floatArray.js";
import { OptionError } from "../constraint/constraint.js";
import { type Dataset, exampleCount } from "../data/dataset.js";
import { plainEngine } from "../engine/plain/plainEngine.js";
import type { Batch, Plan } from "../engine/plan.js";
import { Predictor } from "../engine/predict.js";
import { squaredWeightNorm } from "../network/cost.js";
import type { Network } from "../network/network.js";
import { BatchOrder } from "./batches.js";
import { Dropout, keepOf } from "./dropout.js";
import { requireTargets } from "./evaluate.js";
import { exampleWeights } from "./exampleWeights.js";
import { addPenaltyGradient } from "./l2.js";
import { Monitor } from "./monitor.js";
import { locateNonFinite, NonFiniteCostError } from "./nonFinite.js";
import type { Optimizer } from "./optimizer/optimizer.js";
import { optimizerOf } from "./optimizer/optimizerOf.js";
import type { Progress, TrainOptions } from "./options.js";
import { type CompleteTrainingSpec, parseTrainingSpec } from "./parseTraining.js";
import { Pause } from "./pause.js";
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
  const { validation, sampleWeights, onProgress, signal, ...spec } = options;
  const training = new Training(network, data, parseTrainingSpec(spec), { validation, sampleWeights });
  return training.run({ onProgress, signal });
}

/** Options that are data rather than plain configuration. */
interface DataOptions {
  readonly validation: Dataset | undefined;
  readonly sampleWeights: ArrayLike<number> | undefined;
}

/** Everything a run needs, planned once. */
class Training {
  private readonly network: Network;
  private readonly data: Dataset;
  private readonly spec: CompleteTrainingSpec;
  private readonly order: BatchOrder;
  private readonly iterations: number;
  private readonly recordEvery: number;
  private readonly plan: Plan;
  /** The batch to load, one object for all steps. */
  private readonly batch: Batch;
  private readonly weights: Float64Array | undefined;
  private readonly dropout: Dropout;
  private readonly optimizer: Optimizer;
  private readonly monitor: Monitor | undefined;
  private readonly cleanCost: Predictor | undefined;
  /** θ before the last update: its cost was finite. */
  private readonly lastFinite: FloatArray;
  private readonly history: HistoryEntry[] = [];
  private readonly started = performance.now();
  /** Cost of the mini-batches since the last history entry. */
  private sinceRecord = { total: 0, steps: 0 };

  constructor(network: Network, data: Dataset, spec: CompleteTrainingSpec, extra: DataOptions) {
    requireTargets(network, data, "train(): data");
    const m = exampleCount(data);
    const batchSize = Math.min(spec.batchSize ?? m, m);
    const keep = keepOf(spec, network);
    this.network = network;
    this.data = data;
    this.order = new BatchOrder(m, batchSize, spec.seed);
    this.iterations = spec.iterations ?? (spec.epochs ?? 1) * this.order.stepsPerEpoch;
    this.recordEvery = spec.recordEvery ?? this.defaultRecordEvery();
    this.spec = { ...spec, batchSize, recordEvery: this.recordEvery };
    this.weights = exampleWeights(data, { ...spec, ...extra });
    this.plan = plainEngine.plan(network, { capacity: batchSize, keep });
    this.batch = { X: data.X, Y: data.Y, weights: this.weights, indices: undefined, from: 0, count: 0 };
    this.dropout = new Dropout(spec, keep, network, this.plan);
    this.optimizer = optimizerOf(spec.optimizer, network);
    this.lastFinite = network.theta.slice();
    if (spec.recordCleanCost) this.cleanCost = new Predictor(network, m);
    if (extra.validation !== undefined) {
      requireTargets(network, extra.validation, "train(): validation");
      this.monitor = new Monitor(network, extra.validation, spec.earlyStopping);
    } else if (spec.earlyStopping !== undefined) {
      throw new OptionError("train(): earlyStopping watches a validation set; give one as options.validation");
    }
  }

  async run(watch: Pick<TrainOptions, "onProgress" | "signal">): Promise<Run> {
    try {
      return await this.loop(watch);
    } finally {
      // However the run ended, an exception of the caller's own included.
      this.monitor?.restoreBest();
    }
  }

  private async loop({ onProgress, signal }: Pick<TrainOptions, "onProgress" | "signal">): Promise<Run> {
    const pause = new Pause();
    let stopped: StopReason = "finished";
    let reported = 0;
    let iteration = 0;
    for (; iteration < this.iterations; iteration++) {
      if (signal?.aborted) {
        stopped = "aborted";
        break;
      }
      const dataCost = this.gradient(iteration);
      if (iteration % this.recordEvery === 0) {
        this.record(iteration, dataCost);
        if (this.monitor?.exhausted) {
          stopped = "earlyStopping";
          break;
        }
      }
      this.sinceRecord.total += dataCost;
      this.sinceRecord.steps++;
      this.lastFinite.set(this.network.theta);
      this.optimizer.step(this.network.theta, this.plan.dTheta, this.spec.learningRate);
      if (pause.due) {
        await pause.take();
        if (onProgress !== undefined && performance.now() - reported >= 50) {
          onProgress(this.progress(iteration + 1));
          reported = performance.now();
        }
      }
    }
    if (this.history.at(-1)?.iteration !== iteration) this.record(iteration, this.gradient(iteration));
    onProgress?.(this.progress(iteration));
    return this.result(iteration, stopped);
  }

  /** Forward and backward pass on the batch of this iteration: fills the plan's dθ, returns the data cost. */
  private gradient(iteration: number): number {
    const { plan, data, network, order, batch } = this;
    order.seek(iteration);
    if (iteration === 0 || order.stepsPerEpoch > 1) {
      batch.indices = order.indices;
      batch.from = order.from;
      batch.count = order.count;
      plan.load(batch);
    }
    this.dropout.fillMasks(iteration, order.count);
    const dataCost = plan.step();
    if (!Number.isFinite(dataCost)) this.fail(iteration);
    addPenaltyGradient(network, plan.dTheta, this.spec.l2 / data.X.columns);
    return dataCost;
  }

  /** Adds the state before step `iteration` to the history, and shows it to the monitor. */
  private record(iteration: number, stepCost: number): void {
    const { network, data, sinceRecord } = this;
    const { l2 } = this.spec;
    const epoch = Math.min(Math.floor(iteration / this.order.stepsPerEpoch) + 1, this.epochs);
    const penalty = l2 === 0 ? 0 : (l2 / (2 * data.X.columns)) * squaredWeightNorm(network);
    const dataCost =
      this.order.stepsPerEpoch > 1 && sinceRecord.steps > 0 ? sinceRecord.total / sinceRecord.steps : stepCost;
    if (!Number.isFinite(penalty)) this.fail(iteration);
    this.sinceRecord = { total: 0, steps: 0 };
    this.history.push({
      iteration,
      epoch,
      cost: dataCost + penalty,
      dataCost,
      penalty,
      ...(this.cleanCost && { cleanCost: this.cleanCost.evaluate(data.X, data.Y, this.weights).dataCost + penalty }),
      ...(this.monitor && { validation: this.monitor.check(iteration, epoch) }),
    });
  }

  private get epochs(): number {
    return Math.ceil(this.iterations / this.order.stepsPerEpoch);
  }

  /** Each epoch with mini-batches; with full batches about 1,000 entries a run. */
  private defaultRecordEvery(): number {
    const { stepsPerEpoch } = this.order;
    return stepsPerEpoch > 1 ? stepsPerEpoch : Math.max(1, Math.floor(this.iterations / 1000));
  }

  private progress(done: number): Progress {
    const seconds = (performance.now() - this.started) / 1000;
    const stepsPerSecond = seconds > 0 ? done / seconds : 0;
    return {
      iteration: done,
      iterations: this.iterations,
      epoch: Math.max(1, Math.ceil(done / this.order.stepsPerEpoch)),
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
      epochs: Math.ceil(iteration / this.order.stepsPerEpoch),
      seconds: (performance.now() - this.started) / 1000,
      ...(this.spec.earlyStopping && this.monitor?.best && { best: this.monitor.best }),
      spec: this.spec,
    };
  }

  /** Ends the run at a cost that is not finite, with the last finite (or the best) weights put back. */
  private fail(iteration: number): never {
    const before = iteration === 0 ? undefined : this.lastFinite;
    const where = locateNonFinite(this.network, this.data.X, iteration, this.spec.learningRate, before);
    this.network.theta.set(this.lastFinite);
    throw new NonFiniteCostError(where, this.result(iteration, "nonFinite"));
  }
}
