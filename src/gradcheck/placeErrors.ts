import { escapingFrom } from "./bound.js";
import { unlessSpent } from "./budget.js";
import { roundingOf } from "./checkBlock.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import { EntryMeter, entryReport, type MeasuredEntry } from "./entries.js";
import type { EvaluationPoints } from "./evaluationPoints.js";
import type { JudgedBlock } from "./judgeBlock.js";
import { type Located, locate } from "./locate.js";
import type { ParameterBlock, ReverseCommunication } from "./problem.js";
import type { BlockReport } from "./report.js";
import { textbookEntries } from "./textbookMode.js";

/** A block with its report, and what was measured of its entries. */
export interface PlacedBlock {
  readonly judged: JudgedBlock;
  readonly report: BlockReport;
  readonly located: Located;
  /** Whether the budget ended the search. */
  readonly isCutShort: boolean;
}

const nothing: Located = { measured: [], complete: true };
/** Of entries that are no finite numbers so many are measured. */
const mostBroken = 8;

/** Whether entries of a block are to be measured. */
export function isToBePlaced({ checked, broken }: JudgedBlock, { mode, verdictOnly }: CompleteCheckOptions): boolean {
  return mode !== "directions" || (!verdictOnly && (checked?.verdict === "wrong" || broken.length > 0));
}

/** Measures what the mode asks for of a block's entries, and makes its report. */
export function* placeErrors(
  points: EvaluationPoints,
  judged: JudgedBlock,
  options: CompleteCheckOptions,
): ReverseCommunication<PlacedBlock> {
  const { evaluator, problem } = points;
  const { block, checked, explanation, reason } = judged;
  const { mode } = options;
  const deciding = checked?.deciding;
  const where = mode === "directions" ? (deciding?.point ?? (yield* points.given())) : yield* points.given();
  const meter = new EntryMeter(problem, evaluator, where, judged, deciding?.slope.value ?? 0);
  const found = isToBePlaced(judged, options) ? yield* unlessSpent(measured(points, judged, meter, options)) : nothing;
  const here = found ?? { measured: meter.entries, complete: false };
  const { units } = problem;
  const located = { ...here, measured: here.measured.map((entry) => inCallersUnits(entry, block, units)) };
  const shown =
    mode === "directions" ? located.measured.filter(({ outcome }) => outcome === "differs") : located.measured;
  const isWrong = mode === "exhaustive" && located.measured.some(({ outcome }) => outcome === "differs");
  const verdict = isWrong ? "wrong" : judged.verdict;
  const report: BlockReport = {
    name: block.name,
    shape: block.shape,
    verdict,
    claimed: deciding?.claimed ?? Number.NaN,
    numerical: deciding?.slope.value ?? Number.NaN,
    error: deciding?.slope.error ?? Number.NaN,
    missProbability: 0,
    ...(checked && verdict === "correct" && escapingFrom(checked.tests)),
    ...(judged.unjudged !== undefined && { unjudged: judged.unjudged }),
    ...(verdict !== "wrong" && reason !== undefined && { reason }),
    ...(explanation !== undefined && { explanation }),
    ...(located.measured.length > 0 && { entries: shown.map((entry) => entryReport(block.shape, entry)) }),
  };
  return { judged, report, located, isCutShort: found === undefined };
}

function* measured(
  points: EvaluationPoints,
  judged: JudgedBlock,
  meter: EntryMeter,
  { mode, seed }: CompleteCheckOptions,
): ReverseCommunication<Located> {
  const { evaluator, problem } = points;
  const { block, broken, checked } = judged;
  if (mode === "textbook") {
    const given = yield* points.given();
    return { measured: yield* textbookEntries(evaluator, given, block, problem.units), complete: true };
  }
  if (mode === "exhaustive") return { measured: yield* everyEntry(points, judged, meter), complete: true };
  if (checked !== undefined) {
    const { deciding } = checked;
    // Entries are measured by differences, whose step is not a chord's.
    const found = { ...deciding, slope: deciding.atPoint ?? deciding.slope };
    return yield* locate(evaluator, found, judged, meter, seed);
  }
  for (const position of broken.slice(0, mostBroken)) yield* meter.measure(position);
  return { measured: meter.entries, complete: broken.length <= mostBroken };
}

/** Every entry of a block, with a verdict of its own. */
function* everyEntry(
  points: EvaluationPoints,
  judged: JudgedBlock,
  meter: EntryMeter,
): ReverseCommunication<MeasuredEntry[]> {
  for (let position = 0; position < judged.block.length; position++) yield* meter.measure(position);
  // Only where something differs is the size of an ordinary gradient worth its evaluations.
  let farthest = 0;
  for (const { outcome, claimed, numerical } of meter.entries) {
    if (outcome === "differs") farthest = Math.max(farthest, Math.abs(claimed - numerical));
  }
  if (farthest === 0) return meter.entries;
  const { ordinary, own } = yield* roundingOf(points, judged, yield* points.given(), farthest);
  const rounding = Math.max(ordinary, own);
  return meter.entries.map((entry) => (isRounding(entry, rounding) ? { ...entry, outcome: "unclear" } : entry));
}

/** Whether the rounding of the gradient itself explains that an entry differs. */
function isRounding({ outcome, claimed, numerical }: MeasuredEntry, rounding: number): boolean {
  return outcome === "differs" && Math.abs(claimed - numerical) <= rounding;
}

/** An entry's derivative in the caller's units. */
function inCallersUnits(entry: MeasuredEntry, { offset }: ParameterBlock, units?: Float64Array): MeasuredEntry {
  if (units === undefined) return entry;
  const by = units[offset + entry.position];
  return { ...entry, claimed: entry.claimed / by, numerical: entry.numerical / by, error: entry.error / by };
}
