import type { FloatArray } from "../../array/floatArray.js";
import type { Network } from "../../network/network.js";
import { numbersOf } from "../../ops/choice.js";
import { optimizers } from "../../ops/generated/optimizers.js";
import { fillReferenceMasks } from "../referenceMasks.js";
import type { Averaged, Recipe, StepSettings, Trainer, TrainerState } from "../trainer.js";
import type { ArenaPool } from "./arena.js";
import { command } from "./generated/shared.js";
import type { KernelOperations } from "./kernelOperations.js";
import { planStruct, taskStruct } from "./planStruct.js";
import type { RecipeOptions } from "./recipeOptions.js";
import { WasmPlan } from "./wasmPlan.js";
import { writeRecipe } from "./writePlan.js";

/** What of a plan may change from step to step. */
type SettingField = "learningRate" | "lambdaOverM" | "weightDecay" | "clipValue" | "clipNorm";

/**
 * A run on the kernels: the training set lies in the plan's memory, and any number of update steps is one call.
 */
export class WasmTrainer extends WasmPlan implements Trainer {
  readonly previous: FloatArray;
  readonly previousKept: FloatArray;
  private readonly average: FloatArray | undefined;
  private readonly square: FloatArray | undefined;
  private readonly recipe: Recipe;
  private settings: StepSettings;
  /** Where the kernels find what may change from step to step, as places among `doubles`. */
  private readonly settingsAt: Readonly<Record<SettingField, number>>;
  private readonly averagedTheta: FloatArray | undefined;
  private readonly averagedKept: FloatArray;
  private readonly stepsPerEpoch: number;
  /** Whether batches are gathered from records in the plan's memory; full batches lie in place. */
  private readonly fromRecords: boolean;
  /** Examples of the batch that the reference masks were drawn for. */
  private maskedCount = 0;
  /** The step of the last `gradient`. */
  private latest = 0;

  constructor(
    pool: ArenaPool,
    network: Network,
    recipe: Recipe,
    threads: number,
    usesGemm: boolean,
    operations: KernelOperations,
  ) {
    const { batchSize, drops, dropoutReseed, optimizer } = recipe;
    const examples = recipe.X.columns;
    const { remembers } = optimizers[optimizer.type];
    const options: RecipeOptions = {
      ...recipe,
      optimizer: optimizer.type,
      optimizerNumbers: Object.values(numbersOf(optimizer, optimizers)),
      remembers,
      examples,
      weighted: recipe.weights !== undefined,
      records: batchSize < examples ? examples : 0,
      drawsMasks: dropoutReseed === undefined && drops.includes(true),
    };
    super(pool, network, { capacity: batchSize, drops }, threads, usesGemm, operations, options, recipe);
    this.recipe = recipe;
    this.stepsPerEpoch = Math.ceil(examples / batchSize);
    this.previous = this.floats(this.memory.previous, network.theta.length);
    this.previousKept = this.floats(this.memory.previousState, network.state.length);
    const { average, square } = this.memory;
    this.average = options.remembers.includes("average") ? this.floats(average, network.theta.length) : undefined;
    this.square = options.remembers.includes("square") ? this.floats(square, network.theta.length) : undefined;
    writeRecipe(this.arena.memory.buffer, operations, this.memory, options);
    const at = (name: SettingField): number => (this.memory.plan + planStruct.offset(name)) >> 3;
    this.settingsAt = {
      learningRate: at("learningRate"),
      lambdaOverM: at("lambdaOverM"),
      weightDecay: at("weightDecay"),
      clipValue: at("clipValue"),
      clipNorm: at("clipNorm"),
    };
    const { averaged, averagedState } = this.memory;
    this.averagedTheta = recipe.average && this.floats(averaged, network.theta.length);
    this.averagedKept = this.floats(averagedState, recipe.average ? network.state.length : 0);
    this.settings = recipe.settings;
    this.set(recipe.settings);
    this.fromRecords = options.records > 0;
    if (!this.arena.records?.filled) this.reload();
    this.theta.set(network.theta);
    this.previous.set(network.theta);
    this.kept.set(network.state);
    this.previousKept.set(network.state);
  }

  set(settings: StepSettings): void {
    const { learningRate, lambdaOverM, weightDecayFactor, keep } = settings;
    const { clipValue = Number.POSITIVE_INFINITY, clipNorm = Number.POSITIVE_INFINITY } = settings;
    const { doubles, settingsAt, recipe } = this;
    doubles[settingsAt.learningRate] = learningRate;
    doubles[settingsAt.lambdaOverM] = lambdaOverM;
    doubles[settingsAt.weightDecay] = recipe.optimizer.weightDecay * weightDecayFactor;
    doubles[settingsAt.clipValue] = clipValue;
    doubles[settingsAt.clipNorm] = clipNorm;
    this.setKeep(keep);
    // The reference masks are drawn once for many steps.
    if (keep !== this.settings.keep) this.maskedCount = 0;
    this.settings = settings;
  }

  gradient(iteration: number): number {
    this.latest = iteration;
    this.prepareReferenceMasks(iteration);
    this.arena.kernels.run(this.memory.plan, command.gradient, 0, iteration);
    return this.field("cost");
  }

  update(): void {
    this.arena.kernels.run(this.memory.plan, command.update, 0, this.latest);
  }

  advance(iteration: number, steps: number): number {
    let done = 0;
    while (done < steps) {
      this.prepareReferenceMasks(iteration + done);
      const wanted = this.stepsWithTheseMasks(iteration + done, steps - done);
      const made = this.arena.kernels.run(this.memory.plan, command.advance, wanted, iteration + done);
      done += made;
      if (made < wanted) break;
    }
    return done;
  }

  /** Whether its masks are drawn here and not by the kernels. */
  get drawsReferenceMasks(): boolean {
    return this.recipe.dropoutReseed !== undefined;
  }

  /** Writes a task for the kernels into a table of tasks. */
  writeTask(at: number, kind: number, steps: number, iteration: number): void {
    taskStruct.write(this.view, at, { plan: this.memory.plan, kind, steps, iteration });
  }

  /** Numbers of parameters times examples of a step. */
  get stepWorth(): number {
    return this.network.theta.length * this.recipe.batchSize;
  }

  /** The data cost of the last pass. */
  get dataCost(): number {
    return this.field("cost");
  }

  takeTotal(): number {
    const total = this.field("total");
    planStruct.set(this.view, this.memory.plan, "total", 0);
    return total;
  }

  reload(): void {
    const { X, Y, weights } = this.recipe;
    if (this.fromRecords) this.fillRecords();
    else this.load({ X, Y, weights, from: 0, count: X.columns });
  }

  sync(): void {
    this.network.theta.set(this.theta);
    this.network.state.set(this.kept);
  }

  averaged(): Averaged | undefined {
    const { averagedTheta: theta, averagedKept: kept } = this;
    return theta === undefined || this.field("averagedWeight") === 0 ? undefined : { theta, kept };
  }

  state(): TrainerState {
    return {
      theta: this.theta.slice(),
      previous: this.previous.slice(),
      ...(this.average && { average: this.average.slice() }),
      ...(this.square && { square: this.square.slice() }),
      power1: this.field("power1"),
      power2: this.field("power2"),
      power3: this.field("power3"),
      total: this.field("total"),
      ...(this.averagedTheta && {
        averaged: this.averagedTheta.slice(),
        ...(this.averagedKept.length > 0 && { averagedKept: this.averagedKept.slice() }),
        averagedWeight: this.field("averagedWeight"),
      }),
      ...(this.kept.length > 0 && { kept: this.kept.slice(), previousKept: this.previousKept.slice() }),
    };
  }

  restore(state: TrainerState): void {
    const { theta, previous, average, square, power1, power2, power3, total, kept, previousKept } = state;
    const { averaged, averagedKept, averagedWeight = 0 } = state;
    this.theta.set(theta);
    this.previous.set(previous);
    if (average) this.average?.set(average);
    if (square) this.square?.set(square);
    if (averaged) this.averagedTheta?.set(averaged);
    if (averagedKept) this.averagedKept.set(averagedKept);
    if (kept) this.kept.set(kept);
    if (previousKept) this.previousKept.set(previousKept);
    planStruct.write(this.view, this.memory.plan, { power1, power2, power3, total, averagedWeight });
    this.sync();
  }

  /** The training set, an example a record: features, targets, weight. */
  private fillRecords(): void {
    const { X, Y, weights } = this.recipe;
    const width = this.memory.geometry.tileRows;
    const m = X.columns;
    const records = this.floats(this.memory.records, m * width);
    // A block of examples at a time: the rows of X are far apart.
    const block = 64;
    for (let first = 0; first < m; first += block) {
      const end = Math.min(m, first + block);
      for (let i = 0; i < X.rows; i++) {
        for (let j = first; j < end; j++) records[j * width + i] = X.data[i * m + j];
      }
      for (let i = 0; i < Y.rows; i++) {
        for (let j = first; j < end; j++) records[j * width + X.rows + i] = Y.data[i * m + j];
      }
      for (let j = first; j < end; j++) records[j * width + width - 1] = weights === undefined ? 1 : weights[j];
    }
  }

  private batchCount(iteration: number): number {
    const { X, batchSize } = this.recipe;
    return Math.min(batchSize, X.columns - (iteration % this.stepsPerEpoch) * batchSize);
  }

  /** How many of the next steps can share the masks drawn: all with the same size of batch. */
  private stepsWithTheseMasks(iteration: number, steps: number): number {
    if (this.recipe.dropoutReseed === undefined) return steps;
    const last = this.stepsPerEpoch - 1;
    const place = iteration % this.stepsPerEpoch;
    // Only the last batch of an epoch may be smaller.
    if (this.batchCount(iteration - place + last) === this.recipe.batchSize) return steps;
    return Math.min(steps, place === last ? 1 : last - place);
  }

  private prepareReferenceMasks(iteration: number): void {
    const { dropoutReseed } = this.recipe;
    if (dropoutReseed === undefined) return;
    const count = this.batchCount(iteration);
    if (count === this.maskedCount) return;
    this.maskedCount = count;
    fillReferenceMasks(this.masks, this.network, this.settings.keep, dropoutReseed, count);
  }
}
