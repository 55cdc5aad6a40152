import { Matrix } from "../../array/matrix.js";
import type { Dataset, Task } from "../../data/dataset.js";
import { RandomStream } from "../../random/streams.js";
import type { ColumnFeatures } from "./columnFeatures.js";
import { exampleLosses } from "./exampleLosses.js";

/** What a column is worth to a model. */
export interface ColumnImportance {
  readonly name: string;
  /** By how much the error rises where the column's values are shuffled: log loss in nats, or the root mean squared error. */
  readonly importance: number;
  /** Of 95 %, over examples and repeats. */
  readonly interval: readonly [from: number, to: number];
}

/** Keeps the stream apart from those of splits, resamples and samples. */
const LAYER = 4;

/**
 * {@link permutationImportance} of whatever predicts, on examples that are encoded.
 *
 * @param predict outputs × examples, of features × examples in the order of the data's examples
 */
export function importanceOfColumns(
  predict: (X: Matrix) => Matrix,
  { X, Y }: Dataset,
  columns: readonly ColumnFeatures[],
  { task, repeats, seed }: { readonly task: Task; readonly repeats: number; readonly seed: number },
): ColumnImportance[] {
  const before = exampleLosses(predict(X), Y, task);
  const shuffled = new Matrix(X.rows, X.columns, X.data.slice());
  const found = columns.map(({ rule, first, count }, c): ColumnImportance => {
    const rises = new Float64Array(before.length);
    const lent = new Float64Array(before.length);
    for (let r = 0; r < repeats; r++) {
      const order = new RandomStream(seed, "split", LAYER, c * repeats + r).permutation(X.columns);
      for (let i = first; i < first + count; i++) {
        const [from, to] = [X.rowData(i), shuffled.rowData(i)];
        for (let j = 0; j < to.length; j++) to[j] = from[order[j]];
      }
      for (const [j, loss] of exampleLosses(predict(shuffled), Y, task).entries()) {
        rises[j] += (loss - before[j]) / repeats;
        lent[order[j]] += (loss - before[j]) / repeats;
      }
    }
    for (let i = first; i < first + count; i++) shuffled.rowData(i).set(X.rowData(i));
    return { name: rule.name, ...riseOf(before, rises, lent, task) };
  });
  return found.sort((a, b) => b.importance - a.importance);
}

/** The normal quantile of 97.5 %. */
const Z = 1.959963984540054;

/**
 * The mean rise with its interval; of squared errors the rise of their root. What a row adds to the mean is its own rise and that of the
 * rows that its value was lent to: the first-order part of a U-statistic (Hoeffding 1948), whose kernel takes two rows.
 */
function riseOf(
  before: Float64Array,
  rises: Float64Array,
  lent: Float64Array,
  task: Task,
): Omit<ColumnImportance, "name"> {
  const m = rises.length;
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / m;
  const rise = mean(rises);
  const variance = m < 2 ? 0 : rises.reduce((sum, value, j) => sum + (value + lent[j] - 2 * rise) ** 2, 0) / (m - 1);
  const half = Z * Math.sqrt(variance / m);
  const base = mean(before);
  const scaled = (value: number): number =>
    task === "regression" ? Math.sqrt(Math.max(0, base + value)) - Math.sqrt(base) : value;
  return { importance: scaled(rise), interval: [scaled(rise - half), scaled(rise + half)] };
}
