import type { Message } from "../constraint/message.js";
import { quotients } from "./differences.js";
import { text } from "./expect.js";
import { Wrong } from "./judging.js";
import { say } from "./say.js";
import type { ExerciseValue } from "./value.js";

/** Steps at which the error of a two-sided difference falls 100 times, and that of a one-sided one 10 times. */
export const steps = [1e-2, 1e-3] as const;

/** How a student's check is written, found by its numbers. */
export interface CheckReading {
  /** Of `quotients`. */
  readonly quotient: number;
  /** Of the ratios. */
  readonly ratio: number;
  /** The step that it takes whatever it is given. */
  readonly epsilon?: number;
  /** The parameters that it looks at, where it leaves some out. */
  readonly covered?: readonly string[];
  /** What is left of the moves of θ before: + ε or − ε in each entry that was looked at. */
  readonly drift?: 1 | -1;
  /** A parameter whose derivative it leaves at 0. */
  readonly skipped?: "first" | "last";
}

/** Whether a check gave this number. Rounding of J, divided by the step, is in every difference. */
export function isNear(got: number, expected: number, epsilon: number): boolean {
  // Of a division by rounding errors only the size is sure.
  if (Math.abs(expected) > 1e5) return !(Math.abs(got) < 1e4);
  return Math.abs(got - expected) <= 1e-3 * Math.abs(expected) + 1e-13 / epsilon;
}

/**
 * The reading that gives all the numbers of a check. One that makes next to nothing of the planted bugs would fit a check that
 * does, whatever that computes.
 */
export function readingOf<
  Trial extends { readonly got: number; readonly epsilon: number },
  Reading extends CheckReading,
>(
  trials: readonly Trial[],
  readings: readonly Reading[],
  expected: (trial: Trial, reading: Reading) => number,
): Reading | undefined {
  return readings.find(
    (reading) =>
      trials.every((trial) => isNear(trial.got, expected(trial, reading), reading.epsilon ?? trial.epsilon)) &&
      trials.some((trial) => Math.abs(expected(trial, reading)) > 1e-3),
  );
}

/** A Wrong where a check says the same of everything. */
export function requireVaried(trials: readonly { readonly got: number }[]): void {
  const [{ got }] = trials;
  if (!trials.every((trial) => Object.is(trial.got, got))) return;
  throw new Wrong(say("wrong.constantCheck", { got: text(got) }), say("next.ratio"));
}

/** Of `(difference, gradapprox)` the difference. */
export function firstOf(value: ExerciseValue): ExerciseValue {
  return Array.isArray(value) && value.length > 1 ? value[0] : value;
}

/** A number that a check gave, and the textbook's. */
export interface WrongNumber {
  readonly epsilon: number;
  readonly got: number;
  readonly expected: number;
  /** What was planted in the gradient, as the sentence names it; nothing in a right one. */
  readonly planted?: string;
}

/**
 * What is said of a check whose numbers are not the textbook's.
 *
 * @param read how it is written, where that is known, and its ratio in words
 * @param curved its answers for right gradients at the two steps
 */
export function wrongCheck(
  { epsilon, got, expected, planted }: WrongNumber,
  read: (CheckReading & { readonly ratioWritten: string }) | undefined,
  curved: readonly { readonly epsilon: number; readonly got: number }[],
): Wrong {
  const [large, small] = steps.map((step) => curved.find((each) => each.epsilon === step)?.got ?? Number.NaN);
  const orders = { large: text(large), small: text(small) };
  const written = read === undefined ? "" : quotients[read.quotient].written;
  if (read !== undefined && quotients[read.quotient].oneSided) {
    return new Wrong(say("wrong.oneSided", { written, ...orders }), say("next.twoSided"));
  }
  const cause: Message[] = [];
  if (read !== undefined && read.quotient > 0) {
    const { cause: likely } = quotients[read.quotient];
    cause.push(likely === undefined ? say("mistake.quotient", { written }) : say(likely));
  }
  if (read !== undefined && read.ratio > 0) cause.push(say("mistake.ratio", { written: read.ratioWritten }));
  if (read?.epsilon !== undefined) cause.push(say("mistake.fixedEpsilon", { epsilon: read.epsilon }));
  if (read?.covered !== undefined) cause.push(say("mistake.covered", { blocks: read.covered }));
  if (read?.skipped !== undefined) cause.push(say("mistake.skipped", { entry: read.skipped }));
  if (read?.drift !== undefined) cause.push(say("mistake.noCopy"));
  // The error of a one-sided difference falls with ε, and not with ε².
  if (cause.length === 0 && large / small > 7 && large / small < 14) cause.push(say("mistake.firstOrder", orders));
  const values = { epsilon, got: text(got), expected: text(expected), ...(planted !== undefined && { planted }) };
  return new Wrong(say("wrong.check", values, { cause }), nextOf(read));
}

function nextOf(read: CheckReading | undefined): Message {
  if (read === undefined) return say("next.check");
  if (read.ratio > 0) return say("next.ratio");
  const isMoved = read.drift !== undefined || quotients[read.quotient].cause !== undefined;
  return isMoved ? say("next.copy") : say("next.twoSided");
}
