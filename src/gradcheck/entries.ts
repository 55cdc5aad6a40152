import { compareOnce, compareSlope, type Outcome } from "./compareSlope.js";
import type { EvaluationPoint } from "./evaluationPoint.js";
import type { Evaluator } from "./evaluator.js";
import type { JudgedBlock } from "./judgeBlock.js";
import { norm } from "./norm.js";
import { precisionOf } from "./precision.js";
import type { FlatProblem, ReverseCommunication } from "./problem.js";
import type { EntryReport, Verdict } from "./report.js";
import { indexOf } from "./shape.js";
import { strataOf } from "./strata.js";

/** In a wrong block entries are measured with so much less precision than slopes are, at best. */
const enough = 10;

/** One entry held against its measured derivative. */
export interface MeasuredEntry {
  /** Position within the block. */
  readonly position: number;
  readonly claimed: number;
  readonly numerical: number;
  readonly error: number;
  readonly outcome: Outcome;
}

/** Derivatives of single entries of a block at a point. */
export class EntryMeter {
  readonly gradient: Float64Array;
  private readonly evaluator: Evaluator;
  private readonly point: EvaluationPoint;
  private readonly subject: Pick<JudgedBlock, "block" | "index">;
  private readonly moved: Float64Array;
  private readonly moveOne: ReturnType<NonNullable<FlatProblem["moveOne"]>> | undefined;
  /** Size of a typical entry among those as large as one at a position. */
  private readonly typicalAt: (position: number) => number;
  private readonly precision: number;
  private readonly measured = new Map<number, MeasuredEntry>();

  /** @param slope measured along some Gaussian direction, for the size of the true gradient */
  constructor(
    problem: FlatProblem,
    evaluator: Evaluator,
    point: EvaluationPoint,
    subject: Pick<JudgedBlock, "block" | "index" | "positions">,
    slope: number,
  ) {
    const { offset, length } = subject.block;
    this.gradient = point.gradient.subarray(offset, offset + length);
    this.evaluator = evaluator;
    this.point = point;
    this.subject = subject;
    this.moved = point.theta.slice();
    this.moveOne = problem.moveOne?.(point.theta);
    this.typicalAt = typicalSizes(this.gradient, slope, subject.positions);
    const claimed = norm(this.gradient);
    const size = Math.max(Number.isFinite(claimed) ? claimed : 0, Math.abs(slope) || 0);
    this.precision = (precisionOf(this.gradient) * size) / Math.sqrt(Math.max(length, 1));
  }

  /** All that was measured, in order. */
  get entries(): MeasuredEntry[] {
    return [...this.measured.values()].sort((a, b) => a.position - b.position);
  }

  /**
   * Holds one entry against its measured derivative, once, and confirms what differs with another step.
   *
   * @param largest step that serves in this block, which is known to be wrong: one measurement will do
   */
  *measure(position: number, largest?: number): ReverseCommunication<MeasuredEntry> {
    const known = this.measured.get(position);
    if (known !== undefined) return known;
    const entry = yield* this.newly(position, largest);
    this.measured.set(position, entry);
    return entry;
  }

  private *newly(position: number, largest: number | undefined): ReverseCommunication<MeasuredEntry> {
    const { theta, cost, noise, scales } = this.point;
    const { block, index } = this.subject;
    const i = block.offset + position;
    const value = this.gradient[position];
    const finite = Number.isFinite(value);
    const typical = this.typicalAt(position);
    // In a wrong block an entry is known well enough where its error bar is small beside the others.
    const least = largest === undefined ? typical / 100 : enough * typical;
    const expected = finite ? Math.max(Math.abs(value), least) : typical;
    const rounding = 2 ** -53 * Math.abs((finite ? value : typical) * theta[i]);
    const facts = { atPoint: cost, noise: noise + rounding, expected, scale: scales[index] };
    const claim = { value, size: Math.abs(value), tolerance: this.precision, negligible: 1e-5 * typical };
    const line = (distance: number): ReverseCommunication<number> => this.costAt(i, distance);
    const { outcome, slope } =
      largest === undefined ? yield* compareSlope(claim, line, facts) : yield* compareOnce(claim, line, facts, largest);
    // At a kink the slope lies anywhere between those of the two sides.
    const error = slope.error + Math.abs(slope.jump) / 2;
    return { position, claimed: value, numerical: slope.value, error, outcome: finite ? outcome : "differs" };
  }

  private *costAt(i: number, distance: number): ReverseCommunication<number> {
    const { moveOne, moved, point } = this;
    if (moveOne !== undefined) return yield* this.evaluator.guarded(() => moveOne(i, distance));
    moved[i] = point.theta[i] + distance;
    const cost = yield* this.evaluator.cost(moved, point.near);
    moved[i] = point.theta[i];
    return cost;
  }
}

/**
 * Size of a typical entry of each stratum of a gradient.
 *
 * @param slope measured along the entries at `positions`, or along all: the true gradient may be larger than the claimed one
 */
function typicalSizes(
  gradient: Float64Array,
  slope: number,
  positions: readonly number[] | undefined,
): (position: number) => number {
  const strata = precisionOf(gradient) > 0 ? [[...gradient.keys()]] : strataOf(gradient);
  const stratumOf = new Map(strata.slice(1).flatMap((own, k) => own.map((position) => [position, k + 1] as const)));
  const measured = positions === undefined ? 0 : (stratumOf.get(positions[0]) ?? 0);
  const typical = strata.map((own, k) => {
    const claimed = norm(own.map((position) => gradient[position]));
    const size = Math.max(Number.isFinite(claimed) ? claimed : 0, k === measured ? Math.abs(slope) || 0 : 0);
    return size / Math.sqrt(Math.max(own.length, 1));
  });
  return (position) => typical[stratumOf.get(position) ?? 0];
}

export function entryReport(
  shape: readonly number[],
  { position, claimed, numerical, error, outcome }: MeasuredEntry,
): EntryReport {
  return { index: indexOf(shape, position), claimed, numerical, error, verdict: verdictOf(outcome) };
}

function verdictOf(outcome: Outcome): Verdict {
  if (outcome === "differs") return "wrong";
  return outcome === "unclear" || outcome === "kink" || outcome === "steps" || outcome === "outside"
    ? "undecided"
    : "correct";
}
