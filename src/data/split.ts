import { ShapeError } from "../array/shapeError.js";
import { OptionError, requireNumber, requireObject } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { RandomStream } from "../random/streams.js";
import { type Dataset, exampleCount, selectExamples } from "./dataset.js";

/** How much of the data is held out; the rest is for training. */
export interface SplitFractions {
  /** Share for choosing among models, between 0 and 1. Default 0.2. */
  readonly validation?: number;
  /** Share for judging the chosen one, between 0 and 1. Default: no such part. */
  readonly test?: number;
}

/** Options of {@link split}. */
export interface SplitOptions extends SplitFractions {
  /** Seed of the stream "split", 0 … 2³²−1. Default 0. */
  readonly seed?: number;
  /** Give every part its share of each class. Default false. */
  readonly stratify?: boolean;
}

/** The parts of a split. */
export interface Split<Part> {
  readonly train: Part;
  readonly validation: Part;
  readonly test?: Part;
}

/**
 * Splits a dataset at random into a training, a validation and, on request, a test part. No example is in two parts, and
 * each part keeps the order the examples had.
 *
 * A part of fraction f gets f · m examples to within one; stratified, f · mₖ of class k to within one.
 *
 * @param data features × examples and targets; class labels where it is to be stratified
 * @param options `validation` (default 0.2), `test` (none), `seed` (0), `stratify` (false)
 * @throws OptionError for fractions that are out of range or leave a part empty, or when stratify finds no classes
 *
 * @example
 * import { split } from "gradproof";
 * import { circles } from "gradproof/data";
 * const { train, validation, test } = split(circles({ examples: 100 }), { validation: 0.2, test: 0.1, stratify: true });
 * [train.X.shape, validation.X.shape, test.X.shape]; // => [[2, 70], [2, 20], [2, 10]]
 * Array.from(validation.Y.data).reduce((sum, y) => sum + y, 0); // => 10
 */
export function split(data: Dataset, options: SplitOptions & { readonly test: number }): Required<Split<Dataset>>;
export function split(data: Dataset, options?: SplitOptions): Split<Dataset>;
export function split(data: Dataset, options: SplitOptions = {}): Split<Dataset> {
  requireObject("split()", options, ["validation", "test", "seed", "stratify"]);
  const { seed = 0, stratify = false, ...fractions } = options;
  const labels = stratify ? requireClasses(data) : undefined;
  const { train, validation, test } = splitIndices(exampleCount(data), fractions, seed, labels);
  const parts = { train: selectExamples(data, train), validation: selectExamples(data, validation) };
  return test === undefined ? parts : { ...parts, test: selectExamples(data, test) };
}

/**
 * The indices 0, …, m − 1 split as {@link split} splits examples: for the rows of a table, or anything else.
 *
 * @param m number of examples
 * @param fractions `validation` (default 0.2), `test` (none)
 * @param seed 0 … 2³²−1, default 0
 * @param labels class of each example, by which the split is stratified
 * @returns the indices of each part, ascending
 * @throws OptionError for fractions that are out of range or leave a part empty; ShapeError when there are not m labels
 *
 * @example
 * import { splitIndices } from "gradproof/data";
 * const { train, validation } = splitIndices(6, { validation: 1 / 3 }, 0, ["a", "a", "a", "b", "b", "b"]);
 * train.length; // => 4
 * Array.from(validation, (i) => (i < 3 ? "a" : "b")); // => ["a", "b"]
 */
export function splitIndices(
  m: number,
  fractions: SplitFractions & { readonly test: number },
  seed?: number,
  labels?: ArrayLike<unknown>,
): Required<Split<Uint32Array>>;
export function splitIndices(
  m: number,
  fractions?: SplitFractions,
  seed?: number,
  labels?: ArrayLike<unknown>,
): Split<Uint32Array>;
export function splitIndices(
  m: number,
  fractions: SplitFractions = {},
  seed = 0,
  labels?: ArrayLike<unknown>,
): Split<Uint32Array> {
  requireNumber("split(): number of examples", m, { kind: "number", whole: true, min: 0 });
  if (labels !== undefined && requireList("split(): labels", labels).length !== m) {
    throw new ShapeError(`split(): ${m} examples need ${m} labels, got ${labels.length}`);
  }
  const parts = partsOf(fractions);
  for (const members of classesOf(new RandomStream(seed, "split").permutation(m), labels)) deal(members, parts);
  for (const { name, fraction, indices } of parts) {
    if (indices.length === 0) {
      throw new OptionError(
        `split(): ${Number(fraction.toPrecision(6))} of ${m} examples leaves the ${name} part empty; ` +
          "give it a larger share or more examples",
      );
    }
  }
  const [validation, train, test] = parts.map(({ indices }) => Uint32Array.from(indices).sort());
  return test === undefined ? { train, validation } : { train, validation, test };
}

interface Part {
  readonly name: string;
  readonly fraction: number;
  readonly indices: number[];
  /** How many it should have of all examples dealt so far. */
  due: number;
}

/** Validation, training and, where asked for, test: where two are owed the same, the first of them gets it. */
function partsOf(fractions: SplitFractions): Part[] {
  requireRecord("split(): fractions", fractions);
  const { validation = 0.2, test } = fractions;
  const share = { kind: "number", what: "share of the examples", above: 0, below: 1 } as const;
  requireNumber("split(): validation", validation, share);
  if (test !== undefined) requireNumber("split(): test", test, share);
  const train = 1 - validation - (test ?? 0);
  // A remainder this small is what rounding leaves of 0, as of 1 − 0.9 − 0.1.
  if (train < 1e-9) {
    throw new OptionError(`split(): validation ${validation} and test ${test} must leave something for training`);
  }
  const part = (name: string, fraction: number): Part => ({ name, fraction, indices: [], due: 0 });
  const parts = [part("validation", validation), part("training", train)];
  return test === undefined ? parts : [...parts, part("test", test)];
}

/** The examples of each class, in the given order; all of them as one class where there are no labels. */
function classesOf(order: Uint32Array, labels: ArrayLike<unknown> | undefined): Iterable<ArrayLike<number>> {
  if (labels === undefined) return [order];
  const classes = new Map<unknown, number[]>();
  for (const i of order) {
    const members = classes.get(labels[i]);
    if (members === undefined) classes.set(labels[i], [i]);
    else members.push(i);
  }
  return classes.values();
}

/**
 * Deals the members of a class: each part gets the whole of its share, and what is left goes, one each, to the parts that
 * are owed most. So no class is off by more than one in any part, and what one class falls short the next makes up for.
 */
function deal(members: ArrayLike<number>, parts: readonly Part[]): void {
  let next = 0;
  for (const part of parts) {
    const share = part.fraction * members.length;
    part.due += share;
    // 0.1 · 30 is a little less than 3.
    for (const end = next + Math.floor(share + 1e-9); next < end; next++) part.indices.push(members[next]);
  }
  const owed = ({ due, indices }: Part): number => due - indices.length;
  for (const part of [...parts].sort((a, b) => owed(b) - owed(a))) {
    if (next < members.length) part.indices.push(members[next++]);
  }
}

function requireClasses({ Y }: Dataset): Uint32Array {
  const labels = new Uint32Array(Y.columns);
  for (let j = 0; j < Y.columns; j++) {
    let ones = 0;
    for (let k = 0; k < Y.rows; k++) {
      const y = Y.data[k * Y.columns + j];
      if (y === 1) {
        ones++;
        labels[j] = k + 1;
      } else if (y !== 0) ones = Number.NaN;
    }
    if (!(ones === 1 || (ones === 0 && Y.rows === 1))) {
      throw new OptionError(
        `split(): stratify needs classes, 0 and 1 or one-hot, but the target of example ${j} is ` +
          `${Array.from({ length: Math.min(Y.rows, 10) }, (_, k) => Y.data[k * Y.columns + j]).join(", ")}`,
      );
    }
  }
  return labels;
}
