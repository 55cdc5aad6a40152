import { agreement } from "./compareSlope.js";
import { type Decision, decide } from "./decide.js";
import { type DirectionalTest, type Subject, testRandomDirection } from "./directionalTest.js";
import type { EvaluationPoint } from "./evaluationPoint.js";
import type { EvaluationPoints } from "./evaluationPoints.js";
import { norm } from "./norm.js";
import { close, far, farther, fresh, given, near, secondFresh, secondNear } from "./places.js";
import { precisionOf } from "./precision.js";
import type { ReverseCommunication } from "./problem.js";
import { allowForSteps } from "./steps.js";
import { decideWithin, within } from "./tolerance.js";

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

/**
 * How often a network may magnify a rounding, beside the terms of its gradient: each norm up to 1/√ε ≈ 300 times. What is
 * farther off is no rounding, and need not be measured.
 */
const mostMagnified = 2 ** 20;
/** Errors as large as one that was measured happen, and some times as large. */
const luck = 32;
/** Rounding up to here, relative to the gradient, leaves something to compare. */
const roughest = 1e-3;

/** Where tests are made in turn once the first two leave a block open. */
const turnsBeside = [close, secondNear, near, given, close, secondNear] as const;
/** The same for a gradient that is too small, or known too roughly, near the given point. */
const turnsFar = [far, fresh, secondFresh, farther, secondNear, near] as const;

/**
 * Tries directions of a block, one at the given point, one near it, more where these leave it open.
 *
 * @param tolerance relative error that counts as correct, where one was asked for
 */
export function* checkBlock(
  points: EvaluationPoints,
  index: number,
  tolerance?: number,
): ReverseCommunication<CheckedBlock> {
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
      const vanishes = ["unclear", "roughly", "zero", "steps"].includes(last.outcome);
      place = (vanishes ? turns.far.next().value : undefined) ?? turns.beside.next().value ?? given;
    }
    let point = yield* points.point(place);
    if (point === undefined) {
      if (place === near) morePoints = false;
      point = yield* points.given();
    }
    tests.push(yield* testRandomDirection(evaluator, point, subject, tests, seed));
    const decided = (): Decision | undefined =>
      tolerance === undefined ? decide(tests, morePoints) : decideWithin(tests, morePoints, tolerance);
    let decision = decided();
    if (decision !== undefined && decision.verdict !== "correct") {
      for (const [i, test] of tests.entries()) {
        const allowed = tolerance === undefined ? yield* allowForRounding(points, subject, test) : test;
        tests[i] = yield* allowForSteps(points, subject, allowed);
      }
      decision = decided();
    }
    if (decision !== undefined) return { ...decision, tests: tolerance === undefined ? tests : within(tests) };
  }
}

/**
 * Takes a difference back that the rounding of the gradient itself explains. Where a network is saturated, `A − Y` loses
 * all but its last digits, and so does a gradient made of it; its error is small beside the gradients of ordinary
 * parameters, not beside itself. The sum of a derivative that came through a norm is 0 but for rounding, as both sides then say.
 */
export function* allowForRounding(
  points: EvaluationPoints,
  subject: Subject,
  test: DirectionalTest,
): ReverseCommunication<DirectionalTest> {
  if (test.outcome !== "differs") return test;
  const { slope, size, claimed, point } = test;
  const distance = Math.abs(claimed - slope.value);
  const { ordinary, own } = yield* roundingOf(points, subject, point, distance);
  const allowance = Math.max(ordinary, own);
  if (distance > allowance) return test;
  const isNothing = size <= allowance && Math.abs(slope.value) + agreement * slope.error <= allowance;
  const isRough = distance <= own && own <= roughest * size;
  return { ...test, outcome: isNothing ? "zero" : isRough ? "roughly" : "unclear" };
}

/**
 * What the rounding of a block's gradient itself may come to: beside the gradients of ordinary parameters, and as the problem
 * tells it of this place.
 *
 * @param distance what is to be explained by it
 */
export function* roundingOf(
  points: EvaluationPoints,
  { block, index }: Subject,
  { theta, gradient, cost, scales }: Pick<EvaluationPoint, "theta" | "gradient" | "cost" | "scales">,
  distance: number,
): ReverseCommunication<{ readonly ordinary: number; readonly own: number }> {
  const { offset, length, single } = block;
  const isSingle = single || precisionOf(gradient.subarray(offset, offset + length)) > 0;
  const ordinary = (isSingle ? singleRoundings : roundings) * (yield* points.initialGradientNorm());
  const unit = isSingle ? 2 ** -24 : 2 ** -53;
  // Where the gradient cancels as a whole, as softmax makes it do when each error has the same slope, the cost tells its terms.
  const terms = Math.max(norm(gradient), Math.abs(cost) / scales[index]);
  const explains = distance > ordinary && distance <= mostMagnified * unit * terms;
  const told = explains ? yield* points.rounding(theta) : undefined;
  return { ordinary, own: told === undefined ? 0 : luck * norm(told, offset, offset + length) };
}
