import type { Augmentation, Dataset, Split, TrainingSpec } from "gradproof";
import { augment } from "gradproof/data";
import { DIGIT_SIDE } from "gradproof/pipeline";
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
  /** Of images, what there is to see; their features are pixels and not named. */
  readonly images: LabImages | undefined;
  /** Smallest and largest target. */
  readonly range: readonly [low: number, high: number];
}

/** Images to look at: pixels of 0 (paper) to 255 (ink), row by row, one array an image. */
export interface LabImages {
  readonly side: number;
  /** Test images, and the class of each. */
  readonly shown: readonly Uint8Array[];
  readonly classes: readonly number[];
  /** Some training images, and what one epoch after another makes of them. */
  readonly originals: readonly Uint8Array[];
  readonly changed: readonly (readonly Uint8Array[])[];
}

/** Test images that are shown with what the network takes them for. */
export const GALLERY = 25;
const PREVIEWED = 6;
const PREVIEW_EPOCHS = 3;

/** What the page shows of the points of a run. */
export function labPointsOf(
  { train, validation: test }: Split<Dataset>,
  { augmentation, seed = 0 }: TrainingSpec,
): LabPoints {
  const { featureNames, classNames } = train;
  const areImages = train.X.rows === DIGIT_SIDE ** 2;
  return {
    window: windowAround([train, test]),
    train: shown(train),
    test: shown(test),
    examples: { train: train.X.columns, test: test.X.columns },
    features: Array.from({ length: areImages ? 0 : train.X.rows }, (_, i) => ({
      name: featureNames?.[i] ?? `x${i + 1}`,
      ...moments(train.X.rowData(i)),
    })),
    images: areImages ? imagesOf(train, test, augmentation, seed) : undefined,
    classNames,
    range: extent(train.Y.data),
  };
}

function imagesOf(train: Dataset, test: Dataset, augmentation: Augmentation | undefined, seed: number): LabImages {
  const first = Array.from({ length: PREVIEWED }, (_, j) => j);
  const originals = train.X.selectColumns(first);
  return {
    side: DIGIT_SIDE,
    shown: pixelsOf(test.X, GALLERY),
    classes: Array.from({ length: GALLERY }, (_, j) => targetOf(test.Y, j)),
    originals: pixelsOf(originals, PREVIEWED),
    changed: augmentation
      ? Array.from({ length: PREVIEW_EPOCHS }, (_, e) =>
          pixelsOf(augment(originals, augmentation, { seed, epoch: e + 1 }), PREVIEWED),
        )
      : [],
  };
}

function pixelsOf(X: Dataset["X"], count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, j) => Uint8Array.from({ length: X.rows }, (_, i) => 255 * X.get(i, j)));
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
