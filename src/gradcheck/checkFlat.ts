import type { Message } from "../constraint/message.js";
import { escapingFrom } from "./bound.js";
import { type CheckedBlock, checkBlock, roundingOf } from "./checkBlock.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import { EntryMeter, entryReport, indexOf, type MeasuredEntry } from "./entries.js";
import { entryUnits, inUnits } from "./entryUnits.js";
import { EvaluationPoints } from "./evaluationPoints.js";
import { Evaluator } from "./evaluator.js";
import type { BlockEvidence } from "./evidence.js";
import { type Located, locate } from "./locate.js";
import { near } from "./places.js";
import { type Preflight, preflight } from "./preflight.js";
import type { FlatProblem, ParameterBlock, ReverseCommunication } from "./problem.js";
import { reasonOf, roundedTo } from "./reason.js";
import type { BlockReport, ReportData, Verdict } from "./report.js";
import { say } from "./say.js";
import { relativeDifference } from "./textbook.js";
import { textbookEntries, textbookNotes } from "./textbookMode.js";

/** One block on the way to its report. */
interface Draft {
  readonly index: number;
  readonly block: ParameterBlock;
  readonly report: BlockReport;
  readonly checked?: CheckedBlock;
  readonly located: Located;
}

/** Cost evaluations between two reports of progress within a block. */
const progressEvery = 64;

/**
 * The check itself, on one vector θ: preflight, noise, directions block by block, and in the blocks that are wrong the
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
  const asGiven = new EvaluationPoints(problem, evaluator, options);
  const chosen = problem.blocks
    .map((block, index) => ({ block, index }))
    .filter(({ block }) => options.blocks?.includes(block.name) ?? true);
  const found = yield* preflight(problem, evaluator, asGiven.elsewhere(near));
  const notes = [...found.notes];
  let difference: number | undefined;
  let blocks: BlockReport[];
  const { obstacle } = found;
  if (obstacle !== undefined) {
    blocks = chosen.map(({ block }) => ({ ...unmeasured(block), verdict: "undecided", reason: obstacle }));
    notes.push(obstacle);
  } else {
    const sizes = [found.cost, found.costElsewhere].filter(Number.isFinite).map(Math.abs);
    const units = entryUnits(problem.theta, found.gradient, Math.max(...sizes), problem.blocks);
    const points = units === undefined ? asGiven : new EvaluationPoints(inUnits(problem, units), evaluator, options);
    evaluator.turnTo(points.problem);
    const scaled = units === undefined ? found : { ...found, gradient: found.gradient.map((g, k) => g * units[k]) };
    yield* points.begin(scaled);
    const rounded = roundedTo(points.grid);
    if (rounded !== undefined) notes.push(rounded);
    const drafts: Draft[] = [];
    for (const [blocksDone, { index, block }] of chosen.entries()) {
      const progress = (): void => {
        const { costEvaluations } = evaluator;
        options.onProgress?.({ block: block.name, blocksDone, blocks: chosen.length, costEvaluations });
      };
      evaluator.onCost = () => evaluator.costEvaluations % progressEvery === 0 && progress();
      progress();
      drafts.push(yield* draftOf(points, index, scaled, options));
    }
    evaluator.onCost = () => undefined;
    evaluator.turnTo(problem);
    // A random forward pass may agree with itself once by luck: ask again before blaming anyone.
    const atEnd = yield* evaluator.cost(problem.theta.slice());
    if (Math.abs(atEnd - found.cost) > Math.max(1e-10 * Math.abs(found.cost), found.repeatability * 100)) {
      const reason = say("check.randomForward", { first: found.cost, second: atEnd });
      blocks = chosen.map(({ block }) => ({ ...unmeasured(block), verdict: "undecided", reason }));
      notes.push(reason);
    } else {
      blocks = explained(points.problem, drafts, notes);
      if (options.mode !== "directions") {
        const entries = drafts.flatMap(({ located }) => located.measured);
        difference = relativeDifference(
          entries.map(({ claimed }) => claimed),
          entries.map(({ numerical }) => numerical),
        );
      }
    }
  }
  const verdict = overall(blocks);
  if (options.mode === "textbook" && difference !== undefined) {
    notes.push(...textbookNotes(difference, verdict));
  }
  return {
    verdict,
    mode: options.mode,
    blocks,
    costEvaluations: evaluator.costEvaluations,
    gradientEvaluations: evaluator.gradientEvaluations,
    ...(difference !== undefined && { difference }),
    notes: [...notes, ...(problem.remarks?.() ?? [])],
    seconds: (performance.now() - start) / 1000,
  };
}

/** Everything about one block but the explanation that needs the others. */
function* draftOf(
  points: EvaluationPoints,
  index: number,
  { gradient, stale }: Preflight,
  { mode, seed }: CompleteCheckOptions,
): ReverseCommunication<Draft> {
  const { evaluator, problem } = points;
  const { units } = problem;
  const block = problem.blocks[index];
  const given = yield* points.given();
  if (block.length === 0) {
    return {
      index,
      block,
      report: { ...unmeasured(block), verdict: "correct" },
      located: { measured: [], complete: true },
    };
  }
  const subject = points.subject(index);
  const own = gradient.subarray(block.offset, block.offset + block.length);
  const broken = Array.from(own.keys()).filter((position) => !Number.isFinite(own[position]));
  const fault = stale.get(index);
  // The tests of a gradient that hangs on what was called before would tell nothing of the one that was asked for.
  const checked = broken.length > 0 || fault !== undefined ? undefined : yield* checkBlock(points, index);
  const slope = checked?.deciding.slope.value ?? 0;
  let verdict: Verdict = checked?.verdict ?? "wrong";
  let located: Located = { measured: [], complete: true };
  if (mode === "textbook") {
    located = { measured: yield* textbookEntries(evaluator, given, block, units), complete: true };
  } else if (mode === "exhaustive") {
    const meter = new EntryMeter(problem, evaluator, given, subject, slope);
    const all: MeasuredEntry[] = [];
    for (let position = 0; position < block.length; position++) all.push(yield* meter.measure(position));
    // Only where something differs is the size of an ordinary gradient worth its evaluations.
    let farthest = 0;
    for (const { outcome, claimed, numerical } of all) {
      if (outcome === "differs") farthest = Math.max(farthest, Math.abs(claimed - numerical));
    }
    const { ordinary, own: here } =
      farthest > 0 ? yield* roundingOf(points, subject, given, farthest) : { ordinary: 0, own: 0 };
    const rounding = Math.max(ordinary, here);
    const told = all.map((entry) => (isRounding(entry, rounding) ? { ...entry, outcome: "unclear" as const } : entry));
    located = { measured: told, complete: true };
    if (told.some(({ outcome }) => outcome === "differs")) verdict = "wrong";
  } else if (checked === undefined) {
    const meter = new EntryMeter(problem, evaluator, given, subject, slope);
    const some: MeasuredEntry[] = [];
    for (const position of broken.slice(0, 8)) some.push(yield* meter.measure(position));
    located = { measured: some, complete: broken.length <= 8 };
  } else if (verdict === "wrong") {
    const meter = new EntryMeter(problem, evaluator, checked.deciding.point, subject, slope);
    const { deciding } = checked;
    located = yield* locate(
      evaluator,
      { ...deciding, slope: deciding.atPoint ?? deciding.slope },
      subject,
      meter,
      seed,
    );
  }
  if (units !== undefined)
    located = { ...located, measured: located.measured.map((entry) => inOwnUnits(entry, block, units)) };
  const { measured } = located;
  const deciding = checked?.deciding;
  const shown = mode === "directions" ? measured.filter(({ outcome }) => outcome === "differs") : measured;
  const [first] = broken;
  const explanation =
    fault ??
    (first === undefined
      ? undefined
      : say("check.notFinite", {
          index: indexOf(block.shape, first).map(String),
          value: `${own[first]}`,
          others: broken.length - 1,
        }));
  const report: BlockReport = {
    name: block.name,
    shape: block.shape,
    verdict,
    claimed: deciding?.claimed ?? Number.NaN,
    numerical: deciding?.slope.value ?? Number.NaN,
    error: deciding?.slope.error ?? Number.NaN,
    missProbability: 0,
    ...(checked && verdict === "correct" && escapingFrom(checked.tests)),
    ...(verdict === "undecided" && checked && { reason: reasonOf(checked.tests, evaluator.lastFailure, points.grid) }),
    ...(verdict === "correct" && checked && hasNoInfluence(checked) && { reason: say("check.noInfluence") }),
    ...(explanation !== undefined && { explanation }),
    ...(measured.length > 0 && { entries: shown.map((entry) => entryReport(block.shape, entry)) }),
  };
  return { index, block, report, ...(checked && { checked }), located };
}

/** Whether the gradient is 0 and the cost stood still, to the last bit, wherever they were tried. */
function hasNoInfluence({ tests }: CheckedBlock): boolean {
  return tests.every(({ outcome, claimed, size, slope }) => {
    return outcome === "outside" || (outcome === "zero" && claimed === 0 && size === 0 && slope.flat);
  });
}

/** An entry's derivative in the caller's units. */
function inOwnUnits(entry: MeasuredEntry, { offset }: ParameterBlock, units: Float64Array): MeasuredEntry {
  const by = units[offset + entry.position];
  return { ...entry, claimed: entry.claimed / by, numerical: entry.numerical / by, error: entry.error / by };
}

/** Whether the rounding of the gradient itself explains that an entry differs. */
function isRounding({ outcome, claimed, numerical }: MeasuredEntry, rounding: number): boolean {
  return outcome === "differs" && Math.abs(claimed - numerical) <= rounding;
}

/** The reports with what a problem's own explanation says of the wrong blocks. */
function explained(problem: FlatProblem, drafts: readonly Draft[], notes: Message[]): BlockReport[] {
  const away = drafts.filter(
    ({ report, checked }) =>
      checked?.verdict === "wrong" && !checked.deciding.point.given && report.explanation === undefined,
  );
  if (away.length > 0) {
    notes.push(say("check.elsewhere", { blocks: away.map(({ report }) => report.name) }));
  }
  const wanting = drafts.some(({ report }) => report.verdict === "wrong" && report.explanation === undefined);
  if (!wanting || problem.explain === undefined) return drafts.map(({ report }) => report);
  const evidence = drafts.map(({ block, report, checked, located }): BlockEvidence => {
    const { measured, ...rest } = located;
    const point = checked?.deciding.point;
    const part = (whole: Float64Array): Float64Array => whole.slice(block.offset, block.offset + block.length);
    const by = part(problem.units ?? new Float64Array(problem.theta.length).fill(1));
    return {
      name: block.name,
      shape: block.shape,
      verdict: report.verdict,
      parameters: part(point?.theta ?? problem.theta).map((value, k) => value * by[k]),
      claimed: by.map((unit, k) => (point?.gradient[block.offset + k] ?? Number.NaN) / unit),
      measured: measured.map(({ position }) => position),
      numerical: measured.map(({ numerical }) => numerical),
      error: measured.map(({ error }) => error),
      ...rest,
    };
  });
  const explanations = problem.explain(evidence);
  return drafts.map(({ report }) => {
    const explanation = report.explanation ?? explanations.get(report.name);
    return report.verdict === "wrong" && explanation !== undefined ? { ...report, explanation } : report;
  });
}

function overall(blocks: readonly BlockReport[]): Verdict {
  const verdicts = blocks.map(({ verdict }) => verdict);
  if (verdicts.includes("wrong")) return "wrong";
  return verdicts.includes("undecided") ? "undecided" : "correct";
}

function unmeasured({ name, shape }: ParameterBlock): Omit<BlockReport, "verdict"> {
  return { name, shape, claimed: 0, numerical: 0, error: 0, missProbability: 0 };
}
