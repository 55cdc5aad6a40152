import { type Decision, decide, mostTrials, pointOfTrial } from "./decide.js";
import type { Point } from "./point.js";
import type { Asking } from "./problem.js";
import type { Session } from "./session.js";
import { type Trial, tryDirection } from "./trial.js";

/** All directions tried on a block and what they come to. */
export interface CheckedBlock extends Decision {
  readonly trials: readonly Trial[];
}

/** Tries directions of a block, one at the given point, one near it, more where these leave it open. */
export function* checkBlock(session: Session, index: number): Asking<CheckedBlock> {
  const { evaluator, seed } = session;
  const subject = session.subject(index);
  const trials: Trial[] = [];
  let morePoints = true;
  for (let trial = 0; trial < mostTrials; trial++) {
    let point: Point | undefined = yield* session.point(pointOfTrial[trial]);
    if (point === undefined) {
      morePoints = false;
      point = yield* session.point(0);
    }
    if (point === undefined) break;
    trials.push(yield* tryDirection(evaluator, point, subject, trial, seed));
    const decision = decide(trials, morePoints);
    if (decision !== undefined) return { ...decision, trials };
  }
  throw new Error("checkBlock(): begin the session first");
}
