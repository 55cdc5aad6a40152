import { RandomStream } from "../random/streams.js";
import { difference } from "./compareSlope.js";
import { type DirectionalTest, innerProduct, lineAlong, type Subject } from "./directionalTest.js";
import type { EntryMeter, MeasuredEntry } from "./entries.js";
import type { Evaluator } from "./evaluator.js";
import type { ReverseCommunication } from "./problem.js";
import { rowsAndColumns } from "./shape.js";

/** Entries of a block up to which all are measured. */
const fewEntries = 48;
/** Entries measured at random of a larger block. */
const sampleSize = 12;
/** More wrong rows, or columns, than this are not told apart: the error is all over the block. */
const mostLines = 6;
/** More single entries than this are not measured in the end. */
const mostEntries = 24;

/** What was found inside a wrong block. */
export interface Located {
  readonly measured: readonly MeasuredEntry[];
  /** Whether every wrong entry is among those measured. */
  readonly complete: boolean;
  /** Rows and columns that hold wrong entries, where they were told apart. */
  readonly rows?: readonly number[];
  readonly columns?: readonly number[];
}

/**
 * Finds the wrong entries of a block, known to be wrong, in at most about 200 forward passes: all entries of a small one; of
 * a larger one a sample, which shows an error that is everywhere, then bisection of the rows and of the columns by
 * directions with signed random entries on one half and zeros on the other, two forward passes each.
 *
 * @param found the test that found the block wrong: its step and error bar serve the bisection
 */
export function* locate(
  evaluator: Evaluator,
  { point, slope }: DirectionalTest,
  subject: Subject,
  meter: EntryMeter,
  seed: number,
): ReverseCommunication<Located> {
  const { length, shape } = subject.block;
  const measured = new Map<number, MeasuredEntry>();
  const measure = function* (position: number): ReverseCommunication<boolean> {
    const entry = measured.get(position) ?? (yield* meter.measure(position));
    measured.set(position, entry);
    return entry.outcome === "differs";
  };
  const done = (complete: boolean): Located => ({
    measured: [...measured.values()].sort((a, b) => a.position - b.position),
    complete,
  });
  if (length <= fewEntries) {
    for (let position = 0; position < length; position++) yield* measure(position);
    return done(true);
  }
  const stream = new RandomStream(seed, "check", subject.index + 1, 1000);
  let wrong = 0;
  for (let k = 0; k < sampleSize; k++) if (yield* measure(stream.below(length))) wrong++;
  if (wrong > sampleSize / 4) {
    for (let k = 0; k < sampleSize; k++) yield* measure(stream.below(length));
    return done(false);
  }
  const [rows, columns] = rowsAndColumns(shape, length);
  const linesWrong = function* (
    count: number,
    onLine: (position: number) => number,
  ): ReverseCommunication<number[] | undefined> {
    return yield* bisect(count, function* (from, to) {
      const direction = new Float64Array(length);
      for (let position = 0; position < length; position++) {
        const line = onLine(position);
        // Away from zero, so that no single entry can hide behind its factor.
        if (line >= from && line < to) {
          direction[position] = (stream.random() < 0.5 ? -1 : 1) * (0.75 + 0.5 * stream.random());
        }
      }
      const line = lineAlong(evaluator, point, subject.block, direction);
      const numerical = ((yield* line(slope.step)) - (yield* line(-slope.step))) / 2 / slope.step;
      return Math.abs(innerProduct(meter.gradient, direction) - numerical) > difference * slope.error;
    });
  };
  const wrongRows = yield* linesWrong(rows, (position) => Math.floor(position / columns));
  const wrongColumns = columns === 1 ? [0] : yield* linesWrong(columns, (position) => position % columns);
  if (wrongRows === undefined && wrongColumns === undefined) return done(false);
  const candidates: number[] = [];
  for (const i of wrongRows ?? some(rows)) {
    for (const j of wrongColumns ?? some(columns)) candidates.push(i * columns + j);
  }
  for (const position of candidates.slice(0, mostEntries)) yield* measure(position);
  return {
    ...done(wrongRows !== undefined && wrongColumns !== undefined && candidates.length <= mostEntries),
    ...(wrongRows !== undefined && { rows: wrongRows }),
    ...(wrongColumns !== undefined && shape.length > 1 && { columns: wrongColumns }),
  };
}

/**
 * Which of the numbers 0 … count − 1 are wrong, by halving; `undefined` where they are too many.
 *
 * @param wrongIn whether one of from … to − 1 is wrong
 */
function* bisect(
  count: number,
  wrongIn: (from: number, to: number) => ReverseCommunication<boolean>,
): ReverseCommunication<number[] | undefined> {
  let segments: [number, number][] = [[0, count]];
  while (segments.some(([from, to]) => to - from > 1)) {
    const next: [number, number][] = [];
    for (const [from, to] of segments) {
      if (to - from === 1) {
        next.push([from, to]);
        continue;
      }
      const middle = (from + to) >> 1;
      const left = yield* wrongIn(from, middle);
      // A wrong segment with a right left half is wrong in its right half.
      const right = left ? yield* wrongIn(middle, to) : true;
      if (left) next.push([from, middle]);
      if (right) next.push([middle, to]);
    }
    if (next.length > mostLines) return undefined;
    segments = next;
  }
  return segments.map(([from]) => from);
}

/** A few numbers from 0 to count − 1, spread evenly. */
function some(count: number): number[] {
  const step = Math.max(1, Math.floor(count / 8));
  return Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);
}
