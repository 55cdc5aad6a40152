import { exp } from "../numeric/exp.js";
import { log } from "../numeric/log.js";

/** One step of a search for a learning rate. */
export interface RatePoint {
  /** α of the update that follows. */
  readonly learningRate: number;
  /** Data cost of the step's batch. */
  readonly cost: number;
  readonly smoothed: number;
}

/** What a search for a learning rate has found: plain data. */
export interface RateSearch {
  /** By rising rate; the costs are finite. */
  readonly points: readonly RatePoint[];
  /** Where the smoothed cost was lowest; none where no step was made. */
  readonly lowest?: RatePoint;
  /** A tenth of the rate at `lowest`, to two digits; none where the cost has not fallen, or by no more than batches differ. */
  readonly suggestion?: number;
  /** Why it ended: the cost rose, was no longer finite, the steps were made, or it was told to. */
  readonly ended: "diverged" | "nonFinite" | "finished" | "aborted";
}

/** How much of the smoothed cost stays from step to step. */
const beta = 0.8;
/** The steps whose costs tell what the cost is at first, and how much batches differ. */
const opening = 10;
/** What the smoothed cost has to lose: so much of the cost at first, and so many of its standard deviations; less is noise. */
const least = { share: 0.02, deviations: 1.5 };

/** The rate of a step: each is the one before times the same factor. */
export function rateAt(from: number, to: number, step: number, steps: number): number {
  if (step === 0) return from;
  return step === steps - 1 ? to : from * exp(((log(to) - log(from)) * step) / (steps - 1));
}

/** The costs of a search by their rates, and when it has seen enough. */
export class RateCurve {
  ended: RateSearch["ended"] | undefined;
  private readonly points: RatePoint[] = [];
  private average = 0;
  /** 1 − β^t. */
  private weight = 0;
  private lowest: RatePoint | undefined;

  /** Adds the cost of a step; of one that is not finite there is no point. */
  add(learningRate: number, cost: number): RatePoint | undefined {
    if (!Number.isFinite(cost)) {
      this.ended = "nonFinite";
      return undefined;
    }
    this.average = beta * this.average + (1 - beta) * cost;
    this.weight = beta * this.weight + (1 - beta);
    const point = { learningRate, cost, smoothed: this.average / this.weight };
    this.points.push(point);
    if (this.lowest === undefined || point.smoothed < this.lowest.smoothed) this.lowest = point;
    if (point.smoothed - this.lowest.smoothed > Math.abs(this.points[0].smoothed)) this.ended = "diverged";
    return point;
  }

  /** What was found. */
  search(aborted: boolean): RateSearch {
    const { points, lowest } = this;
    const fell = lowest !== undefined && this.hasFallen(lowest.smoothed);
    return {
      points,
      ...(lowest && { lowest }),
      ...(fell && { suggestion: Number((lowest.learningRate / 10).toPrecision(2)) }),
      ended: this.ended ?? (aborted ? "aborted" : "finished"),
    };
  }

  private hasFallen(lowest: number): boolean {
    const costs = this.points.slice(0, opening).map(({ cost }) => cost);
    const first = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    const deviation = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - first) ** 2, 0) / costs.length);
    return first - lowest > Math.max(least.share * Math.abs(first), least.deviations * deviation);
  }
}
