import type { FloatArray } from "../array/floatArray.js";
import { OptionError } from "../constraint/constraint.js";
import type { Dataset } from "../data/dataset.js";
import type { Engine } from "../engine/plan.js";
import { Predictor } from "../engine/predict.js";
import { isHigherBetter } from "../metrics/isHigherBetter.js";
import type { Network } from "../network/network.js";
import type { MonitorState } from "./checkpoint.js";
import { type Evaluation, evaluateWith } from "./evaluate.js";
import type { BestPoint } from "./run.js";
import type { EarlyStopping, TrackedMetric } from "./spec.js";

/**
 * Watches a validation set: evaluates it at each check, remembers the best weights and says when patience is used up.
 *
 * Without early stopping it only evaluates; the weights are left alone.
 */
export class Monitor {
  best: BestPoint | undefined;
  readonly metric: TrackedMetric;
  private readonly network: Network;
  private readonly data: Dataset;
  private readonly predictor: Predictor;
  private readonly stopping: EarlyStopping | undefined;
  private readonly bestTheta: FloatArray | undefined;
  private readonly bestKept: FloatArray | undefined;
  private checksWithoutImprovement = 0;
  /** What the last check found, in a form that is better when lower. */
  latest: number | undefined;

  constructor(network: Network, data: Dataset, stopping: EarlyStopping | undefined, engine: Engine) {
    this.network = network;
    this.data = data;
    this.predictor = new Predictor(network, { examples: data.X.columns, engine });
    this.stopping = stopping;
    this.metric = stopping?.metric ?? "cost";
    this.bestTheta = stopping && network.theta.slice();
    this.bestKept = stopping && network.state.length > 0 ? network.state.slice() : undefined;
  }

  /** Evaluates the network as it is; a new best is remembered with its weights. */
  check(iteration: number, epoch: number): Partial<Record<TrackedMetric, number>> {
    const evaluation = evaluateWith(this.predictor, this.network, this.data);
    const value = this.watched(evaluation);
    this.latest = isHigherBetter(this.metric) ? -value : value;
    const minDelta = this.stopping?.minDelta ?? 0;
    const improved =
      this.best === undefined ||
      (isHigherBetter(this.metric) ? value > this.best.value + minDelta : value < this.best.value - minDelta);
    if (improved) {
      this.best = { iteration, epoch, metric: this.metric, value };
      this.bestTheta?.set(this.network.theta);
      this.bestKept?.set(this.network.state);
      this.checksWithoutImprovement = 0;
    } else {
      this.checksWithoutImprovement++;
    }
    const { precision: _precision, recall: _recall, ...tracked } = evaluation;
    return tracked;
  }

  /** Whether the metric has not improved for `patience` checks. */
  get exhausted(): boolean {
    return this.stopping !== undefined && this.checksWithoutImprovement >= this.stopping.patience;
  }

  /** A copy of what it has seen. */
  state(): MonitorState {
    const { best, bestTheta, bestKept, checksWithoutImprovement } = this;
    return {
      ...(best && { best }),
      ...(bestTheta && { bestTheta: bestTheta.slice() }),
      ...(bestKept && { bestKept: bestKept.slice() }),
      checksWithoutImprovement,
    };
  }

  /** Goes on from what another monitor of the same run has seen. */
  restore({ best, bestTheta, bestKept, checksWithoutImprovement }: MonitorState): void {
    this.best = best;
    if (bestTheta) this.bestTheta?.set(bestTheta);
    if (bestKept) this.bestKept?.set(bestKept);
    this.checksWithoutImprovement = checksWithoutImprovement;
  }

  /** Puts the best weights back, with what the network kept beside them, however the run ended. */
  restoreBest(): void {
    const { network, best, bestTheta, bestKept } = this;
    if (best === undefined || bestTheta === undefined) return;
    network.theta.set(bestTheta);
    if (bestKept) network.state.set(bestKept);
  }

  release(): void {
    this.predictor.release();
  }

  private watched(evaluation: Evaluation): number {
    const value = evaluation[this.metric];
    if (value === undefined) {
      const available = Object.keys(evaluation).join(", ");
      throw new OptionError(
        `train(): earlyStopping cannot watch ${this.metric} on this validation set; available: ${available}`,
      );
    }
    return value;
  }
}
