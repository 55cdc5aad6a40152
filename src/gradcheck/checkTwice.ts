import { checkFlat } from "./checkFlat.js";
import type { CheckProgress, CompleteCheckOptions } from "./checkOptions.js";
import { mergeReports } from "./mergeReports.js";
import type { FlatProblem, ReverseCommunication } from "./problem.js";
import type { ReportData } from "./report.js";
import { say } from "./say.js";

/** A problem some steps of training later, and what these took. */
export interface Trained {
  readonly problem: FlatProblem;
  readonly costEvaluations: number;
  readonly gradientEvaluations: number;
}

/**
 * The check at the given parameters and, unless something is wrong there, again after `trainingSteps` steps of training.
 *
 * @param where the function that was called, for messages
 * @param train `undefined` where training leads to numbers that are not finite
 */
export function* checkTwice(
  problem: FlatProblem,
  options: CompleteCheckOptions,
  where: string,
  train: () => ReverseCommunication<Trained | undefined>,
): ReverseCommunication<ReportData> {
  const { trainingSteps: steps, budget } = options;
  const given = yield* checkFlat(problem, steps === 0 ? options : atStage(options, 0, 0), where);
  if (given.verdict === "wrong" || steps === 0) return given;
  const trained = yield* train();
  const notes = (note: ReturnType<typeof say>): ReportData => ({ ...given, notes: [...given.notes, note] });
  if (trained === undefined) return notes(say("check.notTrained", { steps }));
  const spent = given.costEvaluations + trained.costEvaluations;
  if (spent >= budget) return notes(say("check.notAgain", { steps, budget }));
  const after = yield* checkFlat(trained.problem, { ...atStage(options, 1, spent), budget: budget - spent }, where);
  const merged = mergeReports(given, after, steps);
  return {
    ...merged,
    costEvaluations: merged.costEvaluations + trained.costEvaluations,
    gradientEvaluations: merged.gradientEvaluations + trained.gradientEvaluations,
  };
}

/** Progress over both stages. */
function atStage(options: CompleteCheckOptions, stage: 0 | 1, spent: number): CompleteCheckOptions {
  const { onProgress } = options;
  if (onProgress === undefined) return options;
  return {
    ...options,
    onProgress: (progress: CheckProgress) => {
      const { costEvaluations, costEvaluationsLeft, secondsLeft } = progress;
      // The second stage is expected to take as long as the first.
      const more = stage === 0 ? costEvaluations + costEvaluationsLeft : 0;
      onProgress({
        block: progress.block,
        blocksDone: stage * progress.blocks + progress.blocksDone,
        blocks: 2 * progress.blocks,
        costEvaluations: spent + costEvaluations,
        costEvaluationsLeft: costEvaluationsLeft + more,
        secondsLeft: costEvaluationsLeft > 0 ? secondsLeft * (1 + more / costEvaluationsLeft) : secondsLeft,
      });
    },
  };
}
