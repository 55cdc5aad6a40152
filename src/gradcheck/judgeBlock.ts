import type { Message } from "../constraint/message.js";
import { unlessSpent } from "./budget.js";
import { type CheckedBlock, checkBlock } from "./checkBlock.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import type { DirectionalTest, Subject } from "./directionalTest.js";
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
  /** Why it is undecided, or that it has no influence. */
  readonly reason?: Message;
  /** What is wrong, where that shows without any measurement. */
  readonly explanation?: Message;
}

/**
 * The verdict on one block.
 *
 * @param fault what is wrong where its gradient depends on what was called before
 */
export function* judgeBlock(
  points: EvaluationPoints,
  index: number,
  fault: Message | undefined,
  { budget }: CompleteCheckOptions,
): ReverseCommunication<JudgedBlock> {
  const subject = points.subject(index);
  const { name, offset, length, shape } = subject.block;
  if (length === 0) return { ...subject, verdict: "correct", broken: [] };
  const { gradient } = yield* points.given();
  const own = gradient.subarray(offset, offset + length);
  const broken = Array.from(own.keys()).filter((position) => !Number.isFinite(own[position]));
  // The tests of a gradient that hangs on what was called before would tell nothing of the one that was asked for.
  const isTold = broken.length > 0 || fault !== undefined;
  const checked = isTold ? undefined : yield* unlessSpent(checkBlock(points, index));
  const explanation =
    fault ??
    (broken.length > 0
      ? say("check.notFinite", {
          index: indexOf(shape, broken[0]).map(String),
          value: `${own[broken[0]]}`,
          others: broken.length - 1,
        })
      : points.problem.misshapen?.(name));
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
  const reason =
    verdict === "undecided"
      ? reasonOf(tests, points.evaluator.lastFailure, points.grid)
      : hasNoInfluence(tests)
        ? say("check.noInfluence")
        : undefined;
  return { ...subject, verdict, checked, broken, unjudged, ...(reason && { reason }) };
}

/** Whether the gradient is 0 and the cost stood still, to the last bit, wherever they were tried. */
function hasNoInfluence(tests: readonly DirectionalTest[]): boolean {
  return tests.every(({ outcome, claimed, size, slope }) => {
    return outcome === "outside" || (outcome === "zero" && claimed === 0 && size === 0 && slope.flat);
  });
}
