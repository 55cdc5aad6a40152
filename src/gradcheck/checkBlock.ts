import { type Decision, decide } from "./decide.js";
import type { Asking } from "./problem.js";
import { closePoint, farPoints, type Session } from "./session.js";
import { type Trial, tryDirection } from "./trial.js";

/** All directions tried on a block and what they come to. */
export interface CheckedBlock extends Decision {
  readonly trials: readonly Trial[];
}

/** Where trials are made in turn where slopes differ or a kink is in the way: beside each point, then there again. */
const inTurn: readonly number[] = [closePoint, 2, 1, 0, closePoint, 1];

/** Tries directions of a block, one at the given point, one near it, more where these leave it open. */
export function* checkBlock(session: Session, index: number): Asking<CheckedBlock> {
  const { evaluator, seed } = session;
  const subject = session.subject(index);
  const trials: Trial[] = [];
  const further = [...farPoints];
  const turns = [...inTurn];
  let morePoints = true;
  for (let trial = 0; ; trial++) {
    const vanishes = trials.some(({ finding }) => finding === "unclear" || finding === "zero");
    const differs = trials.some(({ finding }) => finding === "differs");
    const next = trial < 2 ? trial : ((vanishes && !differs ? further.shift() : undefined) ?? turns.shift() ?? 0);
    let point = yield* session.point(next);
    if (point === undefined) {
      if (next === 1) morePoints = false;
      point = yield* session.given();
    }
    trials.push(yield* tryDirection(evaluator, point, subject, trial, seed));
    const decision = decide(trials, morePoints);
    if (decision !== undefined) return { ...decision, trials };
  }
}
