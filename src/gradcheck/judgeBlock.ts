import type { Message } from "../constraint/message.js";
import { unlessSpent } from "./budget.js";
import { type CheckedBlock, checkBlock } from "./checkBlock.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import type { Subject } from "./directionalTest.js";
import type { EvaluationPoints } from "./evaluationPoints.js";
import type { ReverseCommunication } from "./problem.js";
import { reasonOf } from "./reason.js";
import type { Verdict } from "./report.js";
import { say } from "./say.js";
import { indexOf } from "./shape.js";
import { checkSmallEntries } from "./smallEntries.js";

/** A block with its verdict, before anything is sought in it. */
export interface JudgedBlock extends Subject {
  readonly verdict: Verdict;
  /** What its directions came to; nothing where none was needed, or the budget did not last. */
  readonly checked?: CheckedBlock | undefined;
  /** Positions of entries of the gradient that are no finite numbers. */
  readonly broken: readonly number[];
  /** Positions of small entries along which the deciding test was made; all of the block where nothing is said. */
  readonly positions?: readonly number[] | undefined;
  /** The largest of the entries that are too small to judge, in size. */
  readonly unjudged?: number | undefined;
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
  const { name, offset, length, shape } = subject.block;
  if (length === 0) return { ...subject, verdict: "correct", broken: [] };
  const { gradient } = yield* points.given();
  const own = gradient.subarray(offset, offset + length);
  const broken = Array.from(own.keys()).filter((position) => !Number.isFinite(own[position]));
  const checked = broken.length > 0 ? undefined : yield* unlessSpent(checkBlock(points, index));
  const explanation = isStale
    ? say("check.staleCache")
    : broken.length > 0
      ? say("check.notFinite", {
          index: indexOf(shape, broken[0]).map(String),
          value: `${own[broken[0]]}`,
          others: broken.length - 1,
        })
      : points.problem.misshapen?.(name);
  if (explanation !== undefined) return { ...subject, verdict: "wrong", checked, broken, explanation };
  if (checked === undefined) {
    return { ...subject, verdict: "undecided", broken, reason: say("reason.budget", { budget }) };
  }
  if (checked.verdict === "wrong") return { ...subject, verdict: "wrong", checked, broken };
  const { wrong, positions, unjudged } = (yield* unlessSpent(checkSmallEntries(points, subject))) ?? {};
  if (wrong !== undefined) {
    const small: CheckedBlock = { ...checked, verdict: "wrong", deciding: wrong };
    return { ...subject, verdict: "wrong", checked: small, broken, positions, explanation: say("check.smallEntries") };
  }
  const { verdict, tests } = checked;
  const reason = verdict === "undecided" ? reasonOf(tests, points.evaluator.lastFailure) : undefined;
  return { ...subject, verdict, checked, broken, unjudged, ...(reason && { reason }) };
}
