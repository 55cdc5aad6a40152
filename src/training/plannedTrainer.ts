import type { FloatArray } from "../array/floatArray.js";
import type { Batch, Engine, Plan } from "../engine/plan.js";
import type { Averaged, Recipe, StepSettings, Trainer, TrainerState } from "../engine/trainer.js";
import type { Network } from "../network/network.js";
import { BatchOrder } from "./batches.js";
import { clip } from "./clip.js";
import { Dropout } from "./dropout.js";
import { addPenaltyGradient } from "./l2.js";
import { type Optimizer, optimizerOf } from "./optimizerOf.js";
import { WeightAverage } from "./weightAverage.js";

/** Makes update steps one by one from an engine's plan: the readable form of what faster engines do in one call. */
export class PlannedTrainer implements Trainer {
  readonly dTheta: FloatArray;
  readonly theta: FloatArray;
  readonly previous: FloatArray;
  readonly previousKept: FloatArray;
  private readonly network: Network;
  private readonly plan: Plan;
  private settings: StepSettings;
  private readonly order: BatchOrder;
  /** The batch to load, one object for all steps. */
  private readonly batch: Batch;
  private readonly dropout: Dropout;
  private readonly optimizer: Optimizer;
  private readonly average: WeightAverage | undefined;
  /** The step of the last `gradient`. */
  private latest = 0;
  private total = 0;
  private loaded = false;

  constructor(engine: Engine, network: Network, recipe: Recipe) {
    const { X, Y, weights, batchSize, drops, seed, settings } = recipe;
    this.network = network;
    this.settings = settings;
    this.order = new BatchOrder(X.columns, batchSize, seed);
    this.plan = engine.plan(network, { capacity: batchSize, drops });
    this.plan.setKeep(settings.keep);
    this.dTheta = this.plan.dTheta;
    this.batch = { X, Y, weights, indices: undefined, from: 0, count: 0 };
    this.dropout = new Dropout(recipe, network, this.plan);
    this.optimizer = optimizerOf(recipe.optimizer, network);
    this.average = recipe.average && new WeightAverage(recipe.average, network);
    this.theta = network.theta;
    this.previous = network.theta.slice();
    this.previousKept = network.state.slice();
  }

  set(settings: StepSettings): void {
    if (settings.keep !== this.settings.keep) {
      this.plan.setKeep(settings.keep);
      this.dropout.setKeep(settings.keep);
    }
    this.settings = settings;
  }

  gradient(iteration: number): number {
    const { plan, network, order, batch } = this;
    this.latest = iteration;
    order.seek(iteration);
    if (!this.loaded || order.stepsPerEpoch > 1) {
      batch.indices = order.indices;
      batch.from = order.from;
      batch.count = order.count;
      plan.load(batch);
      this.loaded = true;
    }
    this.dropout.fillMasks(iteration, order.count);
    const dataCost = plan.step();
    addPenaltyGradient(network, plan.dTheta, this.settings.lambdaOverM);
    return dataCost;
  }

  update(): void {
    const { network, plan } = this;
    const { learningRate, weightDecayFactor } = this.settings;
    const { clipValue = Number.POSITIVE_INFINITY, clipNorm = Number.POSITIVE_INFINITY } = this.settings;
    this.previous.set(network.theta);
    this.previousKept.set(network.state);
    network.state.set(plan.nextState);
    clip(plan.dTheta, clipValue, clipNorm);
    this.optimizer.step(network.theta, plan.dTheta, learningRate, weightDecayFactor);
    this.average?.add(this.latest, network);
  }

  advance(iteration: number, steps: number): number {
    for (let made = 0; made < steps; made++) {
      const dataCost = this.gradient(iteration + made);
      if (!Number.isFinite(dataCost)) return made;
      this.total += dataCost;
      this.update();
    }
    return steps;
  }

  takeTotal(): number {
    const { total } = this;
    this.total = 0;
    return total;
  }

  reload(): void {
    this.loaded = false;
  }

  /** The network's own θ and state are those that are trained. */
  sync(): void {}

  averaged(): Averaged | undefined {
    return this.average?.now;
  }

  state(): TrainerState {
    const { average, square, power1, power2, power3 } = this.optimizer.state;
    return {
      theta: this.network.theta.slice(),
      previous: this.previous.slice(),
      ...(average && { average: average.slice() }),
      ...(square && { square: square.slice() }),
      power1,
      power2,
      power3,
      total: this.total,
      ...this.average?.state(),
      ...(this.previousKept.length > 0 && {
        kept: this.network.state.slice(),
        previousKept: this.previousKept.slice(),
      }),
    };
  }

  restore(whole: TrainerState): void {
    const { theta, previous, average, square, power1, power2, power3, total, kept, previousKept } = whole;
    this.average?.restore(whole);
    const { state } = this.optimizer;
    this.network.theta.set(theta);
    this.previous.set(previous);
    if (kept) this.network.state.set(kept);
    if (previousKept) this.previousKept.set(previousKept);
    if (average) state.average?.set(average);
    if (square) state.square?.set(square);
    state.power1 = power1;
    state.power2 = power2;
    state.power3 = power3;
    this.total = total;
  }

  release(): void {
    this.plan.release();
  }
}
