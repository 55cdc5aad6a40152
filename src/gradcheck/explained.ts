import type { Message } from "../constraint/message.js";
import type { CheckedBlock } from "./checkBlock.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import { difference } from "./compareSlope.js";
import type { BlockEvidence } from "./evidence.js";
import type { PlacedBlock } from "./placeErrors.js";
import type { FlatProblem, ParameterBlock } from "./problem.js";
import type { BlockReport } from "./report.js";
import { say } from "./say.js";
import { seenError } from "./seenError.js";

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
  const kinked = placed.filter(({ judged: { checked } }) => checked?.verdict === "correct" && isAtKink(checked));
  if (kinked.length > 0) notes.push(say("check.kinkHere", { blocks: namesOf(kinked) }));
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

/** Whether a block was judged near the given parameters alone, since the cost has a kink at them. */
function isAtKink({ tests }: CheckedBlock): boolean {
  const here = tests.filter(({ point }) => point.given);
  return here.length > 0 && here.every(({ outcome }) => outcome === "kink");
}

/** What was measured of a block, in the caller's units. */
function evidenceOf({ judged, report, located }: PlacedBlock, { theta, units, blocks }: FlatProblem): BlockEvidence {
  const { block, checked } = judged;
  const { measured, ...rest } = located;
  const deciding = checked?.deciding;
  const point = deciding?.point;
  const here = ({ offset, length }: ParameterBlock): Pick<BlockEvidence, "parameters" | "claimed"> => {
    const by = units?.slice(offset, offset + length) ?? new Float64Array(length).fill(1);
    return {
      parameters: by.map((unit, k) => (point?.theta ?? theta)[offset + k] * unit),
      claimed: by.map((unit, k) => (point?.gradient[offset + k] ?? Number.NaN) / unit),
    };
  };
  return {
    name: block.name,
    shape: block.shape,
    verdict: report.verdict,
    flat: deciding !== undefined && Math.abs(deciding.slope.value) <= difference * deciding.slope.error,
    given: point?.given ?? true,
    seen: checked === undefined ? Number.POSITIVE_INFINITY : seenError(checked.tests),
    ...here(block),
    beside: (name) => {
      const other = blocks.find((one) => one.name === name);
      return other && here(other);
    },
    measured: measured.map(({ position }) => position),
    numerical: measured.map(({ numerical }) => numerical),
    error: measured.map(({ error }) => error),
    ...rest,
  };
}

function namesOf(placed: readonly PlacedBlock[]): string[] {
  return placed.map(({ report }) => report.name);
}
