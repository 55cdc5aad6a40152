import { RandomStream } from "../random/streams.js";
import type { Evaluator } from "./evaluator.js";
import { type Finding, hold } from "./hold.js";
import { norm } from "./norm.js";
import type { Point } from "./point.js";
import { precisionOf } from "./precision.js";
import type { Asking, ParameterBlock } from "./problem.js";
import type { Line, Slope } from "./slope.js";

/** A block with what is needed to measure along it. */
export interface Subject {
  readonly block: ParameterBlock;
  /** Place of the block among all, which names its random numbers. */
  readonly index: number;
}

/** One direction at one point. */
export interface Trial {
  readonly finding: Finding;
  readonly point: Point;
  /** ⟨g, ξ⟩ */
  readonly claimed: number;
  readonly slope: Slope;
  /** ‖g‖ of the block, or the measured slope where that is more. */
  readonly size: number;
  readonly tolerance: number;
}

/** A gradient so small beside the others is taken for the rounding of a zero, if the measured slope can be told to be small too. */
const zero = 1e-13;
const nearZero = 1e-9;

/** Holds the claimed slope along a random direction of a block, Gaussian in each entry, against the measured one. */
export function* tryDirection(
  evaluator: Evaluator,
  point: Point,
  subject: Subject,
  trial: number,
  seed: number,
): Asking<Trial> {
  const stream = new RandomStream(seed, "check", subject.index + 1, trial);
  const direction = Float64Array.from({ length: subject.block.length }, () => stream.normal());
  return yield* alongDirection(evaluator, point, subject, direction);
}

/** The same along a given direction, one number for each entry of the block. */
export function* alongDirection(
  evaluator: Evaluator,
  point: Point,
  { block, index }: Subject,
  direction: Float64Array,
): Asking<Trial> {
  const { offset, length } = block;
  const { theta, largest } = point;
  const scale = point.scales[index];
  const g = point.gradient.subarray(offset, offset + length);
  const claimed = innerProduct(g, direction);
  const size = norm(g);
  const tolerance = precisionOf(g) * size;
  const negligible = size * scale <= zero * largest ? (nearZero * largest) / scale : 0;
  const line = lineAlong(evaluator, point, block, direction);
  // θ + hξ is rounded too, by up to half a unit in the last place of each entry.
  const rounding = 2 ** -53 * norm(g.map((value, k) => value * theta[offset + k]));
  const facts = { atPoint: point.cost, noise: point.noise + (rounding || 0), expected: size || 0, scale };
  const { finding, slope } = yield* hold({ value: claimed, size, tolerance, negligible }, line, facts);
  return { finding, point, claimed, slope, size: Math.max(size, Math.abs(slope.value) || 0), tolerance };
}

/** J at distances from a point along a direction of a block. */
export function lineAlong(
  evaluator: Evaluator,
  { theta, near }: Point,
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
