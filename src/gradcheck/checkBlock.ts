import { type Decision, decide } from "./decide.js";
import { norm } from "./norm.js";
import type { Asking } from "./problem.js";
import { closePoint, farPoints, freshPoints, type Session } from "./session.js";
import { type Trial, tryDirection } from "./trial.js";

/** All directions tried on a block and what they come to. */
export interface CheckedBlock extends Decision {
  readonly trials: readonly Trial[];
}

/** Error of a gradient relative to that of ordinary parameters: some dozen roundings. */
const roundings = 64 * 2 ** -53;

/** Where trials are made in turn once the first two leave a block open. */
const beside: readonly number[] = [closePoint, 2, 1, 0, closePoint, 2];
/** The same for a gradient that is too small, or known too roughly, near the given point. */
const far: readonly number[] = [...farPoints, 2, 1];

/** Tries directions of a block, one at the given point, one near it, more where these leave it open. */
export function* checkBlock(session: Session, index: number): Asking<CheckedBlock> {
  const { evaluator, seed } = session;
  const subject = session.subject(index);
  const trials: Trial[] = [];
  const turns = { beside: [...beside], far: [...far] };
  let place = 0;
  let morePoints = true;
  for (let trial = 0; ; trial++) {
    const last = trials.at(-1);
    if (trial < 2 || last === undefined) place = trial;
    // A difference at a point chosen at random is tried again there, in another direction.
    else if (last.finding !== "differs" || last.point.given) {
      const vanishes = last.finding === "unclear" || last.finding === "roughly" || last.finding === "zero";
      place = (vanishes ? turns.far.shift() : undefined) ?? turns.beside.shift() ?? 0;
    }
    let point = yield* session.point(place);
    if (point === undefined) {
      if (place === 1) morePoints = false;
      point = yield* session.given();
    }
    trials.push(yield* tryDirection(evaluator, point, subject, trial, seed));
    let decision = decide(trials, morePoints);
    if (decision?.verdict === "wrong") {
      yield* pardonRounding(session, trials);
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
function* pardonRounding(session: Session, trials: Trial[]): Asking<void> {
  let natural = 0;
  for (const place of freshPoints) {
    const point = yield* session.point(place);
    const size = point === undefined ? 0 : norm(point.gradient);
    if (Number.isFinite(size)) natural = Math.max(natural, size);
  }
  for (const [i, trial] of trials.entries()) {
    const distance = Math.abs(trial.claimed - trial.slope.value);
    if (trial.finding === "differs" && distance <= roundings * natural) trials[i] = { ...trial, finding: "unclear" };
  }
}
