import { type Decision, decide } from "./decide.js";
import { close, far, farther, fresh, given, near, secondFresh, secondNear } from "./places.js";
import { precisionOf } from "./precision.js";
import type { Asking } from "./problem.js";
import type { Session } from "./session.js";
import { type Subject, type Trial, tryDirection } from "./trial.js";

/** All directions tried on a block and what they come to. */
export interface CheckedBlock extends Decision {
  readonly trials: readonly Trial[];
}

/**
 * Error of a gradient relative to that of ordinary parameters: some dozen roundings of 64 bits; of 32 bits more, since there
 * long sums and terms that cancel leave so much less.
 */
const roundings = 64 * 2 ** -53;
const singleRoundings = 1024 * 2 ** -24;

/** Where trials are made in turn once the first two leave a block open. */
const turnsBeside = [close, secondNear, near, given, close, secondNear] as const;
/** The same for a gradient that is too small, or known too roughly, near the given point. */
const turnsFar = [far, fresh, secondFresh, farther, secondNear, near] as const;

/** Tries directions of a block, one at the given point, one near it, more where these leave it open. */
export function* checkBlock(session: Session, index: number): Asking<CheckedBlock> {
  const { evaluator, seed } = session;
  const subject = session.subject(index);
  const trials: Trial[] = [];
  const turns = { beside: turnsBeside.values(), far: turnsFar.values() };
  let place = given;
  let morePoints = true;
  for (let trial = 0; ; trial++) {
    const last = trials.at(-1);
    if (last === undefined) place = given;
    else if (trial === 1) place = near;
    // A difference at a point chosen at random is tried again there, in another direction.
    else if (last.finding !== "differs" || last.point.given) {
      const vanishes = last.finding === "unclear" || last.finding === "roughly" || last.finding === "zero";
      place = (vanishes ? turns.far.next().value : undefined) ?? turns.beside.next().value ?? given;
    }
    let point = yield* session.point(place);
    if (point === undefined) {
      if (place === near) morePoints = false;
      point = yield* session.given();
    }
    trials.push(yield* tryDirection(evaluator, point, subject, trial, seed));
    let decision = decide(trials, morePoints);
    if (decision !== undefined && decision.verdict !== "correct") {
      yield* pardonRounding(session, subject, trials);
      decision = decide(trials, morePoints);
    }
    if (decision !== undefined) return { ...decision, trials };
  }
}

/**
 * Takes a difference back that the rounding of the gradient itself explains. Where a network is saturated, `A − Y` loses
 * all but its last digits, and so does a gradient made of it; its error is small beside the gradients of ordinary
 * parameters, not beside itself.
 */
function* pardonRounding(session: Session, subject: Subject, trials: Trial[]): Asking<void> {
  for (const [i, trial] of trials.entries()) {
    if (trial.finding !== "differs") continue;
    const distance = Math.abs(trial.claimed - trial.slope.value);
    const allowance = yield* roundingOf(session, subject, trial.point.gradient);
    if (distance <= allowance) trials[i] = { ...trial, finding: "unclear" };
  }
}

/** What the rounding of a block's gradient itself may come to, beside the gradients of ordinary parameters. */
export function* roundingOf(session: Session, { block }: Subject, gradient: Float64Array): Asking<number> {
  const own = gradient.subarray(block.offset, block.offset + block.length);
  const single = block.single || precisionOf(own) > 0;
  return (single ? singleRoundings : roundings) * (yield* session.naturalSize());
}
