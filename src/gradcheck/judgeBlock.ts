import type { Message } from "../constraint/message.js";
import { unlessSpent } from "./budget.js";
import { type CheckedBlock, checkBlock } from "./checkBlock.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import type { Subject } from "./directionalTest.js";
import { indexOf } from "./entries.js";
import type { EvaluationPoints } from "./evaluationPoints.js";
import type { ReverseCommunication } from "./problem.js";
import { reasonOf } from "./reason.js";
import type { Verdict } from "./report.js";
import { say } from "./say.js";

/** A block with its verdict, before anything is sought in it. */
export interface JudgedBlock extends Subject {
  readonly verdict: Verdict;
  /** What its directions came to; nothing where none was needed, or the budget did not last. */
  readonly checked?: CheckedBlock | undefined;
  /** Positions of entries of the gradient that are no finite numbers. */
  readonly broken: readonly number[];
  /** Why it is undecided. */
  readonly reason?: Message;
  /** What is wrong, where that shows without any measurement. */
  readonly explanation?: Message;
}

/**
 * The verdict on one block.
 *
 * @param isStale whether its gradient depends on which forward pass ran last
 */
export function* judgeBlock(
  points: EvaluationPoints,
  index: number,
  isStale: boolean,
  { budget }: CompleteCheckOptions,
): ReverseCommunication<JudgedBlock> {
  const subject = points.subject(index);
  const { offset, length, shape } = subject.block;
  if (length === 0) return { ...subject, verdict: "correct", broken: [] };
  const { gradient } = yield* points.given();
  const own = gradient.subarray(offset, offset + length);
  const broken = Array.from(own.keys()).filter((position) => !Number.isFinite(own[position]));
  if (broken.length > 0) {
    const explanation = say("check.notFinite", {
      index: indexOf(shape, broken[0]).map(String),
      value: `${own[broken[0]]}`,
      others: broken.length - 1,
    });
    return { ...subject, verdict: "wrong", broken, explanation: isStale ? say("check.staleCache") : explanation };
  }
  const checked = yield* unlessSpent(checkBlock(points, index));
  if (isStale) return { ...subject, verdict: "wrong", checked, broken, explanation: say("check.staleCache") };
  if (checked === undefined)
    return { ...subject, verdict: "undecided", broken, reason: say("reason.budget", { budget }) };
  const { verdict, tests } = checked;
  const reason = verdict === "undecided" ? reasonOf(tests, points.evaluator.lastFailure) : undefined;
  return { ...subject, verdict, checked, broken, ...(reason && { reason }) };
}
