import type { MeasuredEntry } from "./entries.js";
import type { Evaluator } from "./evaluator.js";
import type { Point } from "./point.js";
import type { Asking, ParameterBlock } from "./problem.js";
import type { Verdict } from "./report.js";
import { significant } from "./significant.js";

const epsilon = 1e-7;
/** The textbook's number is good up to here. */
const threshold = 1e-7;

/** Every entry of a block by the two-sided difference quotient with ε = 1e-7; its error bar is the rounding of the cost. */
export function* textbookEntries(
  evaluator: Evaluator,
  { theta, gradient, noise }: Point,
  { offset, length }: ParameterBlock,
): Asking<MeasuredEntry[]> {
  const shifted = theta.slice();
  const entries: MeasuredEntry[] = [];
  for (let position = 0; position < length; position++) {
    const i = offset + position;
    shifted[i] = theta[i] + epsilon;
    const plus = yield* evaluator.cost(shifted);
    shifted[i] = theta[i] - epsilon;
    const minus = yield* evaluator.cost(shifted);
    shifted[i] = theta[i];
    const numerical = (plus - minus) / (2 * epsilon);
    const error = noise / epsilon;
    const claimed = gradient[i];
    const finding = Math.abs(claimed - numerical) > 10 * error + 1e-5 * Math.abs(numerical) ? "differs" : "agrees";
    entries.push({ position, claimed, numerical, error, finding });
  }
  return entries;
}

/** What to think of the textbook's number beside the verdict. */
export function textbookNote(difference: number, verdict: Verdict): string[] {
  const number = significant(difference, 3);
  if (difference > threshold && verdict === "correct") {
    return [
      `the textbook's difference is ${number}, above its threshold of 1e-7: a false alarm. Rounding of the cost, divided by ` +
        "2ε, is in that number; steps chosen with care agree with the gradient",
    ];
  }
  if (difference <= threshold && verdict === "wrong") {
    return [`the textbook's difference is ${number}, below its threshold of 1e-7, and misses what is wrong`];
  }
  return [];
}
