import type { Dataset } from "gradproof";
import type { LabData } from "../experiment/dataOf.js";
import { type Window, windowAround } from "../experiment/window.js";

/** Points of each part that are shown at most: beyond that they hide one another. */
const MOST_POINTS = 600;

/** Points to draw: where they are, and their class or their number. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly targets: Float64Array;
}

/** What the page must know of the points to show them. */
export interface LabPoints {
  readonly window: Window;
  readonly train: Points;
  readonly test: Points;
  readonly examples: { readonly train: number; readonly test: number };
  /** The features as they come, by the training points. */
  readonly features: readonly { readonly name: string; readonly mean: number; readonly deviation: number }[];
  /** Undefined where a number is predicted. */
  readonly classNames: readonly string[] | undefined;
  /** Smallest and largest target. */
  readonly range: readonly [low: number, high: number];
}

/** What the page shows of the points of a run. */
export function pointsOf({ train, test }: LabData): LabPoints {
  const { featureNames, classNames } = train;
  return {
    window: windowAround([train, test]),
    train: shown(train),
    test: shown(test),
    examples: { train: train.X.columns, test: test.X.columns },
    features: Array.from({ length: train.X.rows }, (_, i) => ({
      name: featureNames?.[i] ?? `x${i + 1}`,
      ...moments(train.X.rowData(i)),
    })),
    classNames,
    range: extent(train.Y.data),
  };
}

function shown({ X, Y }: Dataset): Points {
  const step = Math.max(1, Math.ceil(X.columns / MOST_POINTS));
  const count = Math.ceil(X.columns / step);
  const take = (value: (j: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, k) => value(k * step));
  return {
    x: take((j) => X.get(0, j)),
    y: take((j) => (X.rows > 1 ? X.get(1, j) : 0)),
    targets: take((j) => targetOf(Y, j)),
  };
}

/** The class of an example, or its number. */
function targetOf(Y: Dataset["Y"], j: number): number {
  if (Y.rows === 1) return Y.get(0, j);
  let k = 0;
  while (k < Y.rows - 1 && Y.get(k, j) === 0) k++;
  return k;
}

function moments(row: ArrayLike<number>): { mean: number; deviation: number } {
  let mean = 0;
  for (let j = 0; j < row.length; j++) mean += row[j] / row.length;
  let variance = 0;
  for (let j = 0; j < row.length; j++) variance += (row[j] - mean) ** 2 / row.length;
  return { mean, deviation: Math.sqrt(variance) };
}

function extent(values: ArrayLike<number>): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < values.length; k++) {
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  return [low, high];
}
