import { isSame, type Message } from "../constraint/message.js";
import type { BlockReport, ReportData, Verdict } from "./report.js";
import { say } from "./say.js";

/**
 * One report from those at the given parameters and after some training. A block that is wrong at one of them is wrong; one
 * that is correct at one and cannot be told at the other is correct.
 */
export function mergeReports(given: ReportData, trained: ReportData, steps: number): ReportData {
  const settled: string[] = [];
  const worse: string[] = [];
  const blocks = given.blocks.map((first, index): BlockReport => {
    const second = trained.blocks[index];
    if (second.verdict === "wrong") worse.push(first.name);
    else if (first.verdict === "undecided" && second.verdict === "correct") settled.push(first.name);
    return rank[second.verdict] > rank[first.verdict] ? second : first;
  });
  const worst = blocks.some(({ verdict }) => verdict === "wrong")
    ? "wrong"
    : blocks.every(({ verdict }) => verdict === "correct")
      ? "correct"
      : "undecided";
  const note =
    worse.length > 0
      ? say("check.afterTraining", { blocks: worse, steps })
      : settled.length > 0
        ? say("check.settled", { blocks: settled, steps })
        : say("check.twice", { steps });
  const isNew = (candidate: Message): boolean => !given.notes.some((other) => isSame(other, candidate));
  return {
    ...given,
    verdict: worst,
    blocks,
    costEvaluations: given.costEvaluations + trained.costEvaluations,
    gradientEvaluations: given.gradientEvaluations + trained.gradientEvaluations,
    notes: [...given.notes, ...trained.notes.filter(isNew), note],
    seconds: given.seconds + trained.seconds,
  };
}

/** Which of two verdicts on the same block says more. */
const rank: Readonly<Record<Verdict, number>> = { undecided: 0, correct: 1, wrong: 2 };
