import { RandomStream } from "../random/streams.js";
import type { Length } from "./chord.js";
import { compareChord } from "./compareChord.js";
import { compareSlope, type Outcome } from "./compareSlope.js";
import type { EvaluationPoint } from "./evaluationPoint.js";
import type { Evaluator } from "./evaluator.js";
import { norm } from "./norm.js";
import { precisionOf } from "./precision.js";
import type { ParameterBlock, ReverseCommunication } from "./problem.js";
import type { Line, Slope } from "./slope.js";

/** A block with what is needed to measure along it. */
export interface Subject {
  readonly block: ParameterBlock;
  /** Place of the block among all, which names its random numbers. */
  readonly index: number;
}

/** The slope along one direction at one point, claimed and measured. */
export interface DirectionalTest {
  readonly outcome: Outcome;
  readonly point: EvaluationPoint;
  /** ⟨g, ξ⟩, or its mean along a chord. */
  readonly claimed: number;
  /** The measured slope, or its mean along a chord. */
  readonly slope: Slope;
  /** Length of the chord. */
  readonly length?: Length;
  /** The slope from differences at the point, beside that of a chord. */
  readonly atPoint?: Slope;
  /** J along the direction. */
  readonly line: Line;
  /** ‖g‖ of the block, or the measured slope where that is more. */
  readonly size: number;
  readonly tolerance: number;
}

/** A gradient so small beside the others is taken for the rounding of a zero, if the measured slope can be told to be small too. */
const zero = 1e-13;
const nearZero = 1e-9;

/**
 * Compares the claimed slope along a random direction of a block, Gaussian in each entry, with the measured one.
 *
 * @param tests those of this block so far; their number names the direction
 */
export function* testRandomDirection(
  evaluator: Evaluator,
  point: EvaluationPoint,
  subject: Subject,
  tests: readonly DirectionalTest[],
  seed: number,
): ReverseCommunication<DirectionalTest> {
  const stream = new RandomStream(seed, "check", subject.index + 1, tests.length);
  const direction = Float64Array.from({ length: subject.block.length }, () => stream.normal());
  return yield* testDirection(evaluator, point, subject, direction, tests.at(-1)?.length);
}

/** The same along a given direction, one number for each entry of the block. */
export function* testDirection(
  evaluator: Evaluator,
  point: EvaluationPoint,
  { block, index }: Subject,
  direction: Float64Array,
  known?: Length,
): ReverseCommunication<DirectionalTest> {
  const { offset } = block;
  const { theta, largest } = point;
  const scale = point.scales[index];
  const g = point.gradient.subarray(offset, offset + block.length);
  const claimed = innerProduct(g, direction);
  const size = norm(g);
  const tolerance = precisionOf(g) * size;
  const negligible = size * scale <= zero * largest ? (nearZero * largest) / scale : 0;
  const line = lineAlong(evaluator, point, block, direction);
  // θ + hξ is rounded too, by up to half a unit in the last place of each entry.
  const rounding = 2 ** -53 * norm(g.map((value, k) => value * theta[offset + k]));
  const facts = { atPoint: point.cost, noise: point.noise + (rounding || 0), expected: size || 0, scale };
  const chord = point.isNoisy ? yield* compareChord(evaluator, point, block, scale, direction, known) : undefined;
  if (chord !== undefined && chord.outcome !== "differs") return { ...chord, point, line };
  const { outcome, slope } = yield* compareSlope({ value: claimed, size, tolerance, negligible }, line, facts);
  // What noise leaves open at the point the whole chord may tell.
  if (chord !== undefined && outcome !== "differs" && outcome !== "kink")
    return { ...chord, point, line, atPoint: slope };
  return { outcome, point, line, claimed, slope, size: Math.max(size, Math.abs(slope.value) || 0), tolerance };
}

/** J at distances from a point along a direction of a block. */
export function lineAlong(
  evaluator: Evaluator,
  { theta, near }: EvaluationPoint,
  { offset, length }: ParameterBlock,
  direction: ArrayLike<number>,
): Line {
  const moved = theta.slice();
  return (distance) => {
    for (let k = 0; k < length; k++) moved[offset + k] = theta[offset + k] + distance * direction[k];
    return evaluator.cost(moved, near);
  };
}

export function innerProduct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
