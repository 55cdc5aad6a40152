import type { Message } from "../constraint/message.js";
import type { MeasuredEntry } from "./entries.js";
import type { EvaluationPoint } from "./evaluationPoint.js";
import type { Evaluator } from "./evaluator.js";
import type { ParameterBlock, ReverseCommunication } from "./problem.js";
import type { Verdict } from "./report.js";
import { say } from "./say.js";

const epsilon = 1e-7;
/** The textbook's number is good up to here. */
const threshold = 1e-7;

/**
 * Every entry of a block by the two-sided difference quotient with ε = 1e-7; its error bar is the rounding of the cost.
 *
 * @param units of the entries, where they are not the caller's; see `entryUnits`
 */
export function* textbookEntries(
  evaluator: Evaluator,
  { theta, gradient, noise }: EvaluationPoint,
  { offset, length }: ParameterBlock,
  units?: Float64Array,
): ReverseCommunication<MeasuredEntry[]> {
  const shifted = theta.slice();
  const entries: MeasuredEntry[] = [];
  for (let position = 0; position < length; position++) {
    const i = offset + position;
    const step = epsilon / (units?.[i] ?? 1);
    shifted[i] = theta[i] + step;
    const plus = yield* evaluator.cost(shifted);
    shifted[i] = theta[i] - step;
    const minus = yield* evaluator.cost(shifted);
    shifted[i] = theta[i];
    const numerical = (plus - minus) / (2 * step);
    const error = noise / step;
    const claimed = gradient[i];
    const outcome = Math.abs(claimed - numerical) > 10 * error + 1e-5 * Math.abs(numerical) ? "differs" : "agrees";
    entries.push({ position, claimed, numerical, error, outcome });
  }
  return entries;
}

/** What to think of the textbook's number beside the verdict. */
export function textbookNotes(difference: number, verdict: Verdict): Message[] {
  if (difference > threshold && verdict === "correct") return [say("check.falseAlarm", { difference })];
  return difference <= threshold && verdict === "wrong" ? [say("check.missed", { difference })] : [];
}
