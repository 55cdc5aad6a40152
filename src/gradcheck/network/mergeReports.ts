import { gradientReport } from "../gradientReport.js";
import type { BlockReport, GradientReport, Verdict } from "../report.js";

/**
 * One report from those at the given weights and after some training. A block that is wrong at one of them is wrong; one
 * that is correct at one and cannot be told at the other is correct.
 */
export function mergeReports(given: GradientReport, trained: GradientReport, steps: number): GradientReport {
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
  const after = `after ${steps} ${steps === 1 ? "step" : "steps"} of training`;
  const note =
    worse.length > 0
      ? `${worse.join(", ")}: the error shows ${after}, not at the given weights; what is claimed and numerical is from there`
      : settled.length > 0
        ? `${settled.join(", ")}: undecided at the given weights, correct ${after}`
        : `checked at the given weights and again ${after}`;
  return gradientReport({
    ...given,
    verdict: worst,
    blocks,
    costEvaluations: given.costEvaluations + trained.costEvaluations,
    gradientEvaluations: given.gradientEvaluations + trained.gradientEvaluations,
    notes: [...new Set([...given.notes, ...trained.notes, note])],
    seconds: given.seconds + trained.seconds,
  });
}

/** Which of two verdicts on the same block says more. */
const rank: Readonly<Record<Verdict, number>> = { undecided: 0, correct: 1, wrong: 2 };
