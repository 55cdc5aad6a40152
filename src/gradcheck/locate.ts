import { RandomStream } from "../random/streams.js";
import { bisect, WrongPart } from "./bisect.js";
import type { DirectionalTest } from "./directionalTest.js";
import type { EntryMeter, MeasuredEntry } from "./entries.js";
import type { Evaluator } from "./evaluator.js";
import type { JudgedBlock } from "./judgeBlock.js";
import { norm } from "./norm.js";
import type { ReverseCommunication } from "./problem.js";
import { isRearranged } from "./rearranged.js";
import { rowsAndColumns } from "./shape.js";

/** Entries that are measured of every wrong block, and first. */
const sampleSize = 5;
/** Where these are all wrong, the error is everywhere, and … */
const firstEntries = 2;
/** Entries smaller than this part of a typical one. */
const negligible = 1e-6;
/** Up to this many entries all are measured where the sample looks like the right numbers in wrong places. */
const fewEntries = 48;
/** … and so many of a larger block. */
const largeSample = 12;
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
 * Finds the wrong entries of a block, known to be wrong. A few entries show an error that is everywhere. Where some of them are
 * right the rows are bisected, and then the columns, along one direction with signed random entries that is cut in halves: two forward
 * passes for a left half, and what is left of the whole is the right half's. So one wrong entry of n is found in about 2 log₂ n forward
 * passes and 20 more.
 *
 * @param found the test that found the block wrong: its step serves what is measured here
 */
export function* locate(
  evaluator: Evaluator,
  found: DirectionalTest,
  subject: JudgedBlock,
  meter: EntryMeter,
  seed: number,
): ReverseCommunication<Located> {
  const { shape } = subject.block;
  const all = subject.positions ?? Array.from({ length: subject.block.length }, (_, position) => position);
  const { length } = all;
  const stream = new RandomStream(seed, "check", subject.index + 1, 1000);
  // As far along one entry as the test went along all.
  const largest = found.slope.step * Math.sqrt(length);
  const measure = function* (positions: Iterable<number>): ReverseCommunication<number> {
    let wrong = 0;
    for (const position of positions) if ((yield* meter.measure(position, largest)).outcome === "differs") wrong++;
    return wrong;
  };
  const done = (complete: boolean): Located => ({ measured: meter.entries, complete });
  if (length <= sampleSize) {
    yield* measure(all);
    return done(true);
  }
  // That an entry of nothing agrees with nothing tells nothing of the others: they come last.
  const typical = norm(all.map((position) => meter.gradient[position])) / Math.sqrt(length);
  const telling = all.filter((position) => Math.abs(meter.gradient[position]) > negligible * typical);
  const rest = telling.length < largeSample ? all.filter((position) => !telling.includes(position)) : [];
  const sample = [...drawn(stream, telling), ...drawn(stream, rest)].slice(0, largeSample);
  /** No few lines hold all that is wrong. */
  const everywhere = function* (): ReverseCommunication<Located> {
    yield* measure(sample.slice(0, sampleSize));
    const isWhole = length <= fewEntries;
    if (!isRearranged(meter, found)) return done(false);
    yield* measure(isWhole ? all : sample);
    return done(isWhole);
  };
  const first = sample.slice(0, firstEntries);
  if ((yield* measure(first)) === first.length && (yield* measure(sample.slice(0, sampleSize))) === sampleSize) {
    return yield* everywhere();
  }

  const [rows, columns] = rowsAndColumns(shape, subject.block.length);
  const part = new WrongPart(evaluator, found, subject, all, stream);
  const whole = yield* part.within(() => true);
  // The direction may miss what is wrong where several errors cancel, and then tells nothing.
  if (!whole.isWrong) return yield* everywhere();
  const wrongRows = yield* bisect(rows, whole, part, (position) => Math.floor(position / columns));
  const wrongColumns = columns === 1 ? [0] : yield* bisect(columns, whole, part, (position) => position % columns);
  if (wrongRows === undefined && wrongColumns === undefined) return yield* everywhere();
  const candidates = diagonals(wrongRows ?? some(rows), wrongColumns ?? some(columns))
    .map(([row, column]) => row * columns + column)
    .filter((position) => subject.positions?.includes(position) ?? true);
  yield* measure(candidates.slice(0, mostEntries));
  const isEvery = (lines: readonly number[] | undefined, count: number): boolean =>
    lines !== undefined || some(count).length === count;
  const complete = isEvery(wrongRows, rows) && isEvery(wrongColumns, columns) && candidates.length <= mostEntries;
  return {
    // What the bisection found right in a small block is known as well as what was measured.
    measured: complete && length <= fewEntries ? withRight(meter, all, whole.error) : meter.entries,
    complete,
    ...(wrongRows !== undefined && { rows: wrongRows }),
    ...(wrongColumns !== undefined && shape.length > 1 && { columns: wrongColumns }),
  };
}

/** Some of these at random, no two alike. */
function drawn(stream: RandomStream, positions: readonly number[]): number[] {
  const chosen = new Set<number>();
  const size = Math.min(largeSample, positions.length);
  while (chosen.size < size) chosen.add(positions[stream.below(positions.length)]);
  return [...chosen];
}

/** A few numbers from 0 to count − 1, spread evenly. */
function some(count: number): number[] {
  const step = Math.max(1, Math.floor(count / 8));
  return Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);
}

/** All pairs of two lists, along diagonals: the first few have something of each row and each column. */
function diagonals(rows: readonly number[], columns: readonly number[]): (readonly [row: number, column: number])[] {
  const isTall = rows.length > columns.length;
  const [long, short] = isTall ? [rows, columns] : [columns, rows];
  return short.flatMap((_, shift) =>
    long.map((one, k) => {
      const other = short[(k + shift) % short.length];
      return isTall ? ([one, other] as const) : ([other, one] as const);
    }),
  );
}

function withRight(meter: EntryMeter, positions: readonly number[], error: number): MeasuredEntry[] {
  const measured = new Map(meter.entries.map((entry) => [entry.position, entry]));
  return positions.map((position) => {
    const claimed = meter.gradient[position];
    return measured.get(position) ?? { position, claimed, numerical: claimed, error, outcome: "agrees" };
  });
}
