import { RandomStream } from "../random/streams.js";
import { allowForRounding } from "./checkBlock.js";
import { agreement } from "./compareSlope.js";
import { type DirectionalTest, type Subject, testDirection } from "./directionalTest.js";
import type { EvaluationPoint } from "./evaluationPoint.js";
import type { EvaluationPoints } from "./evaluationPoints.js";
import { close, near, secondNear } from "./places.js";
import { precisionOf } from "./precision.js";
import type { ReverseCommunication } from "./problem.js";
import { allowForSteps } from "./steps.js";
import { strataOf } from "./strata.js";

/** Small entries are judged where the error bar is at most this part of them: a wrong sign or factor would show. */
const telling = 1e-2;
/** A difference at the given point has to show at one of these too. */
const beside = [near, close, secondNear];

/** What the small entries of a block came to. */
export interface SmallEntries {
  /** The test that found them wrong, of the given point. */
  readonly wrong?: DirectionalTest;
  /** Positions of the entries that test was made along. */
  readonly positions?: readonly number[];
  /** The largest claimed derivative, in size, of those that differences of the cost could not judge. */
  readonly unjudged?: number;
}

/**
 * Tests entries of a block that are lost beside its others along directions of their own, after the block as a whole was found
 * correct. Where all entries are alike nothing is evaluated.
 */
export function* checkSmallEntries(points: EvaluationPoints, subject: Subject): ReverseCommunication<SmallEntries> {
  const { offset, length, single } = subject.block;
  const { gradient } = yield* points.given();
  const own = gradient.subarray(offset, offset + length);
  const [, ...small] = strataOf(own);
  // In 32 bits a sum that cancels leaves small entries that are nothing but rounding.
  if (small.length === 0 || single || precisionOf(own) > 0) return {};
  let unjudged = 0;
  for (const [stratum, positions] of small.entries()) {
    const stream = new RandomStream(points.seed, "check", subject.index + 1, 2000 + stratum);
    const first = yield* testAlong(points, subject, yield* points.given(), positions, stream);
    if (first.outcome === "differs" && (yield* differsBeside(points, subject, positions, stream))) {
      return { wrong: first, positions };
    }
    const { claimed, slope, size } = first;
    const agrees = Math.abs(claimed - slope.value) <= agreement * slope.error && slope.error <= telling * size;
    if (agrees) continue;
    const units = points.problem.units;
    for (const position of positions) {
      unjudged = Math.max(unjudged, Math.abs(own[position]) / (units?.[offset + position] ?? 1));
    }
  }
  return unjudged > 0 ? { unjudged } : {};
}

/** Whether a difference shows at a second place. */
function* differsBeside(
  points: EvaluationPoints,
  subject: Subject,
  positions: readonly number[],
  stream: RandomStream,
): ReverseCommunication<boolean> {
  for (const place of beside) {
    const point = yield* points.point(place);
    if (point === undefined) continue;
    return (yield* testAlong(points, subject, point, positions, stream)).outcome === "differs";
  }
  return false;
}

/** A test along a direction of these entries alone. */
function* testAlong(
  points: EvaluationPoints,
  subject: Subject,
  point: EvaluationPoint,
  positions: readonly number[],
  stream: RandomStream,
): ReverseCommunication<DirectionalTest> {
  const { offset, length } = subject.block;
  const direction = new Float64Array(length);
  // The other entries of the gradient must not tell how large the slope is to be, as they would along a chord.
  const gradient = new Float64Array(point.gradient.length);
  for (const position of positions) {
    direction[position] = stream.normal();
    gradient[offset + position] = point.gradient[offset + position];
  }
  const test = yield* testDirection(points.evaluator, { ...point, gradient, isNoisy: false }, subject, direction);
  return yield* allowForSteps(points, subject, yield* allowForRounding(points, subject, { ...test, point }));
}
