import { type Decision, decide } from "./decide.js";
import type { Asking } from "./problem.js";
import { closePoint, farPoints, type Session } from "./session.js";
import { type Trial, tryDirection } from "./trial.js";

/** All directions tried on a block and what they come to. */
export interface CheckedBlock extends Decision {
  readonly trials: readonly Trial[];
}

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
    const decision = decide(trials, morePoints);
    if (decision !== undefined) return { ...decision, trials };
  }
}
