import { type Decision, decide } from "./decide.js";
import { type DirectionalTest, type Subject, testRandomDirection } from "./directionalTest.js";
import type { EvaluationPoints } from "./evaluationPoints.js";
import { close, far, farther, fresh, given, near, secondFresh, secondNear } from "./places.js";
import { precisionOf } from "./precision.js";
import type { ReverseCommunication } from "./problem.js";

/** All directions tried on a block and what they come to. */
export interface CheckedBlock extends Decision {
  readonly tests: readonly DirectionalTest[];
}

/**
 * Error of a gradient relative to that of ordinary parameters: some dozen roundings of 64 bits; of 32 bits more, since there
 * long sums and terms that cancel leave so much less.
 */
const roundings = 64 * 2 ** -53;
const singleRoundings = 1024 * 2 ** -24;

/** Where tests are made in turn once the first two leave a block open. */
const turnsBeside = [close, secondNear, near, given, close, secondNear] as const;
/** The same for a gradient that is too small, or known too roughly, near the given point. */
const turnsFar = [far, fresh, secondFresh, farther, secondNear, near] as const;

/** Tries directions of a block, one at the given point, one near it, more where these leave it open. */
export function* checkBlock(points: EvaluationPoints, index: number): ReverseCommunication<CheckedBlock> {
  const { evaluator, seed } = points;
  const subject = points.subject(index);
  const tests: DirectionalTest[] = [];
  const turns = { beside: turnsBeside.values(), far: turnsFar.values() };
  let place = given;
  let morePoints = true;
  for (let test = 0; ; test++) {
    const last = tests.at(-1);
    if (last === undefined) place = given;
    else if (test === 1) place = near;
    // A difference at a point chosen at random is tried again there, in another direction.
    else if (last.outcome !== "differs" || last.point.given) {
      const vanishes = last.outcome === "unclear" || last.outcome === "roughly" || last.outcome === "zero";
      place = (vanishes ? turns.far.next().value : undefined) ?? turns.beside.next().value ?? given;
    }
    let point = yield* points.point(place);
    if (point === undefined) {
      if (place === near) morePoints = false;
      point = yield* points.given();
    }
    tests.push(yield* testRandomDirection(evaluator, point, subject, test, seed));
    let decision = decide(tests, morePoints);
    if (decision !== undefined && decision.verdict !== "correct") {
      yield* allowForRounding(points, subject, tests);
      decision = decide(tests, morePoints);
    }
    if (decision !== undefined) return { ...decision, tests };
  }
}

/**
 * Takes a difference back that the rounding of the gradient itself explains. Where a network is saturated, `A − Y` loses
 * all but its last digits, and so does a gradient made of it; its error is small beside the gradients of ordinary
 * parameters, not beside itself.
 */
function* allowForRounding(
  points: EvaluationPoints,
  subject: Subject,
  tests: DirectionalTest[],
): ReverseCommunication<void> {
  for (const [i, test] of tests.entries()) {
    if (test.outcome !== "differs") continue;
    const distance = Math.abs(test.claimed - test.slope.value);
    const allowance = yield* roundingOf(points, subject, test.point.gradient);
    if (distance <= allowance) tests[i] = { ...test, outcome: "unclear" };
  }
}

/** What the rounding of a block's gradient itself may come to, beside the gradients of ordinary parameters. */
export function* roundingOf(
  points: EvaluationPoints,
  { block }: Subject,
  gradient: Float64Array,
): ReverseCommunication<number> {
  const own = gradient.subarray(block.offset, block.offset + block.length);
  const single = block.single || precisionOf(own) > 0;
  return (single ? singleRoundings : roundings) * (yield* points.initialGradientNorm());
}
