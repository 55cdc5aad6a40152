import type { Message } from "../constraint/message.js";
import { unlessSpent } from "./budget.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import { entryUnits, inUnits } from "./entryUnits.js";
import { EvaluationPoints } from "./evaluationPoints.js";
import { Evaluator } from "./evaluator.js";
import { explained } from "./explained.js";
import { type JudgedBlock, judgeBlock } from "./judgeBlock.js";
import { isToBePlaced, type PlacedBlock, placeErrors } from "./placeErrors.js";
import { near } from "./places.js";
import { type Preflight, preflight } from "./preflight.js";
import type { FlatProblem, ParameterBlock, ReverseCommunication } from "./problem.js";
import { Progress } from "./progress.js";
import { roundedTo } from "./reason.js";
import type { BlockReport, ReportData, Verdict } from "./report.js";
import { say } from "./say.js";
import { relativeDifference } from "./textbook.js";
import { textbookNotes } from "./textbookMode.js";

/**
 * The check itself, on one vector θ: preflight, noise, directions block by block, and then, in the blocks that are wrong, the
 * entries. It asks for evaluations by yielding them; see `drive`.
 *
 * @param where the function that was called, for messages
 */
export function* checkFlat(
  problem: FlatProblem,
  options: CompleteCheckOptions,
  where: string,
): ReverseCommunication<ReportData> {
  const start = performance.now();
  const evaluator = new Evaluator(problem, where);
  // One evaluation is kept for the end.
  evaluator.budget = options.budget - 1;
  const chosen = [...problem.blocks.keys()].filter((index) => isChosen(problem.blocks[index], options));
  const blocks = chosen.map((index) => problem.blocks[index]);
  const undecided = (reason: Message): BlockReport[] =>
    blocks.map((block) => ({ ...unmeasured(block), verdict: "undecided", reason }));
  const notes: Message[] = [];
  const begun = yield* unlessSpent(begin(problem, evaluator, options));
  let reports: BlockReport[];
  let difference: number | undefined;
  if (begun === undefined) reports = undecided(say("reason.budget", { budget: options.budget }));
  else {
    const { found, points } = begun;
    notes.push(...found.notes);
    const rounded = roundedTo(points.grid);
    if (rounded !== undefined) notes.push(rounded);
    if (found.obstacle !== undefined) {
      reports = undecided(found.obstacle);
      notes.push(found.obstacle);
    } else {
      evaluator.turnTo(points.problem);
      const placed = yield* judgeAndPlace(points, chosen, found, options);
      evaluator.turnTo(problem);
      // A random forward pass may agree with itself once by luck: ask again before blaming anyone.
      evaluator.budget = options.budget;
      const atEnd = yield* evaluator.cost(problem.theta.slice());
      if (Math.abs(atEnd - found.cost) > Math.max(1e-10 * Math.abs(found.cost), found.repeatability * 100)) {
        const reason = say("check.randomForward", { first: found.cost, second: atEnd });
        reports = undecided(reason);
        notes.push(reason);
      } else {
        reports = explained(points.problem, placed, options, notes);
        if (options.mode !== "directions") {
          const entries = placed.flatMap(({ located }) => located.measured);
          difference = relativeDifference(
            entries.map(({ claimed }) => claimed),
            entries.map(({ numerical }) => numerical),
          );
        }
      }
    }
  }
  const verdict = overall(reports);
  if (options.mode === "textbook" && difference !== undefined) notes.push(...textbookNotes(difference, verdict));
  return {
    verdict,
    mode: options.mode,
    blocks: reports,
    costEvaluations: evaluator.costEvaluations,
    gradientEvaluations: evaluator.gradientEvaluations,
    ...(difference !== undefined && { difference }),
    notes: [...notes, ...(problem.remarks?.() ?? [])],
    seconds: (performance.now() - start) / 1000,
  };
}

/** The preflight, and the given point with its noise, in units that suit each entry. */
function* begin(
  problem: FlatProblem,
  evaluator: Evaluator,
  options: CompleteCheckOptions,
): ReverseCommunication<{ readonly found: Preflight; readonly points: EvaluationPoints }> {
  const asGiven = new EvaluationPoints(problem, evaluator, options);
  const found = yield* preflight(problem, evaluator, asGiven.elsewhere(near));
  if (found.obstacle !== undefined) return { found, points: asGiven };
  const sizes = [found.cost, found.costElsewhere].filter(Number.isFinite).map(Math.abs);
  const units = entryUnits(problem.theta, found.gradient, Math.max(...sizes), problem.blocks);
  const points = units === undefined ? asGiven : new EvaluationPoints(inUnits(problem, units), evaluator, options);
  evaluator.turnTo(points.problem);
  yield* points.begin(units === undefined ? found : { ...found, gradient: found.gradient.map((g, k) => g * units[k]) });
  return { found, points };
}

/** All verdicts first, and then, as far as the budget lasts, the places of what is wrong. */
function* judgeAndPlace(
  points: EvaluationPoints,
  chosen: readonly number[],
  { stale }: Preflight,
  options: CompleteCheckOptions,
): ReverseCommunication<PlacedBlock[]> {
  const { evaluator, problem } = points;
  const progress = new Progress(
    options,
    evaluator,
    chosen.map((index) => problem.blocks[index]),
  );
  const judged: JudgedBlock[] = [];
  for (const index of chosen) {
    progress.begin(problem.blocks[index]);
    const block = yield* judgeBlock(points, index, stale.get(index), options);
    progress.judged(isToBePlaced(block, options));
    judged.push(block);
  }
  const placed: PlacedBlock[] = [];
  for (const block of judged) {
    if (isToBePlaced(block, options)) progress.begin(block.block);
    placed.push(yield* placeErrors(points, block, options));
    if (isToBePlaced(block, options)) progress.placed(block.block);
  }
  progress.end();
  return placed;
}

function isChosen({ name }: ParameterBlock, { blocks }: CompleteCheckOptions): boolean {
  return blocks?.includes(name) ?? true;
}

function overall(blocks: readonly BlockReport[]): Verdict {
  const verdicts = blocks.map(({ verdict }) => verdict);
  if (verdicts.includes("wrong")) return "wrong";
  return verdicts.includes("undecided") ? "undecided" : "correct";
}

function unmeasured({ name, shape }: ParameterBlock): Omit<BlockReport, "verdict"> {
  return { name, shape, claimed: 0, numerical: 0, error: 0, missProbability: 0 };
}
