import type { Message } from "../constraint/message.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import type { BlockEvidence } from "./evidence.js";
import type { PlacedBlock } from "./placeErrors.js";
import type { FlatProblem } from "./problem.js";
import type { BlockReport } from "./report.js";
import { say } from "./say.js";

/** The reports with what a problem's own explanation says of the wrong blocks. */
export function explained(
  problem: FlatProblem,
  placed: readonly PlacedBlock[],
  { verdictOnly, budget }: CompleteCheckOptions,
  notes: Message[],
): BlockReport[] {
  const reports = placed.map(({ report }) => report);
  const away = placed.filter(({ judged: { checked, explanation } }) => {
    return checked?.verdict === "wrong" && !checked.deciding.point.given && explanation === undefined;
  });
  if (away.length > 0) notes.push(say("check.elsewhere", { blocks: namesOf(away) }));
  const unjudged = placed.filter(({ report }) => report.unjudged !== undefined);
  if (unjudged.length > 0) {
    const largest = Math.max(...unjudged.map(({ report }) => report.unjudged ?? 0));
    notes.push(say("check.unjudged", { blocks: namesOf(unjudged), largest }));
  }
  const cut = placed.filter(({ isCutShort }) => isCutShort);
  if (cut.length > 0) notes.push(say("check.placesUnsought", { blocks: namesOf(cut), budget }));
  const wanting = reports.some(({ verdict, explanation }) => verdict === "wrong" && explanation === undefined);
  if (!wanting || verdictOnly || problem.explain === undefined) return reports;
  const explanations = problem.explain(placed.map((block) => evidenceOf(block, problem)));
  return reports.map((report) => {
    const explanation = report.explanation ?? explanations.get(report.name);
    return report.verdict === "wrong" && explanation !== undefined ? { ...report, explanation } : report;
  });
}

/** What was measured of a block, in the caller's units. */
function evidenceOf({ judged, report, located }: PlacedBlock, { theta, units }: FlatProblem): BlockEvidence {
  const { block, checked } = judged;
  const { measured, ...rest } = located;
  const point = checked?.deciding.point;
  const part = (whole: Float64Array): Float64Array => whole.slice(block.offset, block.offset + block.length);
  const by = part(units ?? new Float64Array(theta.length).fill(1));
  return {
    name: block.name,
    shape: block.shape,
    verdict: report.verdict,
    parameters: part(point?.theta ?? theta).map((value, k) => value * by[k]),
    claimed: by.map((unit, k) => (point?.gradient[block.offset + k] ?? Number.NaN) / unit),
    measured: measured.map(({ position }) => position),
    numerical: measured.map(({ numerical }) => numerical),
    error: measured.map(({ error }) => error),
    ...rest,
  };
}

function namesOf(placed: readonly PlacedBlock[]): string[] {
  return placed.map(({ report }) => report.name);
}
