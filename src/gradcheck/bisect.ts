import type { RandomStream } from "../random/streams.js";
import { difference } from "./compareSlope.js";
import { type DirectionalTest, innerProduct, lineAlong, type Subject } from "./directionalTest.js";
import type { Evaluator } from "./evaluator.js";
import type { ReverseCommunication } from "./problem.js";

/** More wrong rows, or columns, than this are not told apart: the error is all over the block. */
const mostLines = 12;
/** How much more a part of the direction may bend than one that was measured. */
const bending = 4;

/** By how much the claimed slope along a part of the direction is off. */
export interface Discrepancy {
  readonly value: number;
  readonly error: number;
  readonly isWrong: boolean;
}

/** A direction through a wrong block that is cut into parts, to see which of them are wrong. */
export class WrongPart {
  private readonly evaluator: Evaluator;
  private readonly found: DirectionalTest;
  private readonly subject: Subject;
  private readonly direction: Float64Array;
  private readonly step: number;
  private readonly error: number;

  /**
   * @param found a test that found the block wrong, which tells the step
   * @param positions of the entries it was made along
   */
  constructor(
    evaluator: Evaluator,
    found: DirectionalTest,
    subject: Subject,
    positions: readonly number[],
    stream: RandomStream,
  ) {
    this.evaluator = evaluator;
    this.found = found;
    this.subject = subject;
    // Away from zero, so that no single entry can hide behind its factor.
    this.direction = new Float64Array(subject.block.length);
    for (const position of positions) {
      this.direction[position] = (stream.random() < 0.5 ? -1 : 1) * (0.75 + 0.5 * stream.random());
    }
    const { slope } = found;
    const errorWith = (step: number): number =>
      (slope.noise * slope.step) / 2 / step + bending * slope.bend * (step / slope.step) ** 2;
    const steps = Array.from({ length: 12 }, (_, k) => slope.step / 4 ** k);
    this.step = steps.reduce((best, step) => (errorWith(step) < errorWith(best) ? step : best));
    this.error = errorWith(this.step);
  }

  /** Two forward passes, along the entries at these positions. */
  *within(isIn: (position: number) => boolean): ReverseCommunication<Discrepancy> {
    const { evaluator, found, subject, step } = this;
    const { point } = found;
    const part = this.direction.map((value, position) => (isIn(position) ? value : 0));
    const line = lineAlong(evaluator, point, subject.block, part);
    const numerical = ((yield* line(step)) - (yield* line(-step))) / 2 / step;
    const g = point.gradient.subarray(subject.block.offset, subject.block.offset + subject.block.length);
    return discrepancy(innerProduct(g, part) - numerical, this.error);
  }
}

function discrepancy(value: number, error: number): Discrepancy {
  // A part where the cost has no value is not known to be right.
  return { value, error, isWrong: !(Math.abs(value) <= difference * error) };
}

/**
 * Which of the lines 0 … count − 1 are wrong, by halving; `undefined` where they are too many.
 *
 * @param whole all of them together, known to be wrong
 * @param lineOf the line that a position lies on
 */
export function* bisect(
  count: number,
  whole: Discrepancy,
  part: WrongPart,
  lineOf: (position: number) => number,
): ReverseCommunication<number[] | undefined> {
  const within = (from: number, to: number): ReverseCommunication<Discrepancy> =>
    part.within((position) => lineOf(position) >= from && lineOf(position) < to);
  let segments: { from: number; to: number; is: Discrepancy }[] = [{ from: 0, to: count, is: whole }];
  while (segments.some(({ from, to }) => to - from > 1)) {
    const next: typeof segments = [];
    for (const segment of segments) {
      const { from, to, is } = segment;
      if (to - from === 1) {
        next.push(segment);
        continue;
      }
      const middle = (from + to) >> 1;
      const left = yield* within(from, middle);
      // A wrong segment with a right left half is wrong in its right half, and by as much.
      let right = is;
      if (left.isWrong) {
        right = discrepancy(is.value - left.value, is.error + left.error);
        if (!right.isWrong && Math.abs(right.value) > right.error) right = yield* within(middle, to);
      }
      if (left.isWrong) next.push({ from, to: middle, is: left });
      if (right.isWrong) next.push({ from: middle, to, is: right });
    }
    if (next.length > mostLines) return undefined;
    segments = next;
  }
  return segments.map(({ from }) => from);
}
