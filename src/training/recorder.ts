import type { Dataset } from "../data/dataset.js";
import { Predictor } from "../engine/predict.js";
import type { StepSettings, Trainer } from "../engine/trainer.js";
import { squaredWeightNorm } from "../network/cost.js";
import type { ParameterWindow } from "../ops/parameterWindow.js";
import { holding } from "./holdWeights.js";
import { momentsOf } from "./moments.js";
import { Monitor } from "./monitor.js";
import type { TrainOptions } from "./options.js";
import type { HistoryEntry } from "./run.js";
import { epochOf } from "./runLength.js";
import type { RunSetup } from "./runSetup.js";
import { type LayerSignals, SignalSample, updateNorms, weightsOf } from "./signals.js";

/** What a run's history is made from. */
export interface Recorded extends RunSetup {
  readonly validation: Dataset | undefined;
  readonly onRecord: TrainOptions["onRecord"];
}

/** Writes the history of a run: costs, validation, and signals at moments spread evenly over it. */
export class Recorder {
  readonly history: HistoryEntry[] = [];
  readonly monitor: Monitor | undefined;
  /** Cost of the steps since the last entry, but for what the trainer has summed. */
  readonly sinceRecord = { total: 0, steps: 0 };
  private readonly recorded: Recorded;
  private readonly cleanCost: Predictor | undefined;
  private readonly sample: SignalSample;
  private readonly weights: readonly ParameterWindow[];
  /** Entries from one with signals to the next. */
  private readonly signalsEvery: number;

  constructor(recorded: Recorded) {
    const { network, data, spec, runLength, engine, validation } = recorded;
    this.recorded = recorded;
    this.sample = new SignalSample(network, data, engine);
    this.weights = weightsOf(network);
    this.signalsEvery = Math.ceil(runLength.iterations / runLength.recordEvery / (momentsOf(network, runLength) - 1));
    if (validation !== undefined) this.monitor = new Monitor(network, validation, spec.earlyStopping, engine);
    if (spec.recordCleanCost) this.cleanCost = new Predictor(network, { examples: data.X.columns, engine });
  }

  /**
   * Adds the state before step `iteration`, which the network holds, and shows it to the monitor.
   *
   * @param stepCost data cost of the step
   * @param settings of the step
   * @param follow where the learning rate has a schedule: shows it the check, lower is better, and gives the step's rate
   * @returns whether the penalty is a finite number; if not, nothing is added
   */
  record(
    iteration: number,
    stepCost: number,
    { lambdaOverM }: StepSettings,
    trainer: Trainer,
    follow: ((value: number) => number) | undefined,
  ): boolean {
    const { network, data, runLength, weights, onRecord } = this.recorded;
    const { sinceRecord, history, monitor } = this;
    const epoch = epochOf(runLength, iteration);
    const penalty = lambdaOverM === 0 ? 0 : (lambdaOverM / 2) * squaredWeightNorm(network);
    if (!Number.isFinite(penalty)) return false;
    // Taken once an entry: taken more often, the sum's last bits would depend on how fast the machine is.
    const total = sinceRecord.total + trainer.takeTotal();
    const dataCost = runLength.stepsPerEpoch > 1 && sinceRecord.steps > 0 ? this.meanCost(iteration, total) : stepCost;
    sinceRecord.total = 0;
    sinceRecord.steps = 0;
    const cost = dataCost + penalty;
    const validation = monitor && holding(network, trainer.averaged(), () => monitor.check(iteration, epoch));
    const learningRate = follow?.(monitor?.latest ?? cost);
    history.push({
      iteration,
      epoch,
      cost,
      dataCost,
      penalty,
      ...(learningRate !== undefined && { learningRate }),
      ...(this.takesSignals(iteration) && { signals: this.signals() }),
      ...(this.cleanCost && { cleanCost: this.cleanCost.evaluate(data.X, data.Y, weights).dataCost + penalty }),
      ...(validation && { validation }),
    });
    onRecord?.(history[history.length - 1]);
    return true;
  }

  /**
   * Mean data cost of the steps since the last entry, of the sum `total`. Where a run was ended between two entries, those of
   * the interval before it count as well: the few batches since would make the curve jump.
   */
  private meanCost(iteration: number, total: number): number {
    const { history, sinceRecord, recorded } = this;
    const { recordEvery, iterations } = recorded.runLength;
    const [before, last] = history.slice(-2);
    if (last === undefined || iteration % recordEvery === 0 || iteration === iterations) {
      return total / sinceRecord.steps;
    }
    const steps = last.iteration - before.iteration;
    return (last.dataCost * steps + total) / (steps + sinceRecord.steps);
  }

  /** The signals of the network as it is. */
  signals(): LayerSignals[] {
    return this.sample.take();
  }

  /** Adds to the newest entry's signals what the update after it has changed. */
  addUpdateRatios(trainer: Trainer): void {
    const { history } = this;
    const entry = history[history.length - 1];
    if (entry.signals === undefined) return;
    const norms = updateNorms(this.weights, trainer.previous, trainer.theta);
    const signals = entry.signals.map((layer, l) =>
      layer.weightNorm > 0 ? { ...layer, updateRatio: norms[l] / layer.weightNorm } : layer,
    );
    history[history.length - 1] = { ...entry, signals };
  }

  release(): void {
    this.sample.release();
    this.monitor?.release();
    this.cleanCost?.release();
  }

  /**
   * Whether signals are taken before step `iteration`: at moments spread evenly over the entries, and at the end. They are
   * those of layers of units, of which a network may have none.
   */
  private takesSignals(iteration: number): boolean {
    if (this.recorded.network.layers.length === 0) return false;
    const { iterations, recordEvery } = this.recorded.runLength;
    return iteration === iterations || (iteration / recordEvery) % this.signalsEvery === 0;
  }
}
