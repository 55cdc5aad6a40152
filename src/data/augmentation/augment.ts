import { Matrix } from "../../array/matrix.js";
import { requireMatrix } from "../../array/requireMatrix.js";
import { ShapeError } from "../../array/shapeError.js";
import { requireNumber, requireObject } from "../../constraint/constraint.js";
import { RandomStream } from "../../random/streams.js";
import { drawChange } from "./drawChange.js";
import { type CompleteAugmentation, parseAugmentation } from "./parseAugmentation.js";
import { resample } from "./resample.js";
import type { Augmentation } from "./spec.js";

/** Options of {@link augment}. */
export interface AugmentOptions {
  /** 0 … 2³²−1, default 0. */
  readonly seed?: number;
  /** Whole number ≥ 0, default 1. Each epoch has changes of its own. */
  readonly epoch?: number;
}

/**
 * Images with small random changes that leave their meaning alone: flipped, cropped, turned, shifted, distorted,
 * brightened. `train` does this to the training set, anew in each epoch, with its option `augmentation`.
 *
 * What is done to image j depends on the seed, the epoch and j alone. Positions are composed over all steps, then the
 * image is sampled once, bilinearly; beyond its edges the nearest pixel goes on.
 *
 * @param X images as columns, (height · width · channels) × examples, ordered as NumPy's `reshape(-1)` of a
 *   height × width × channels array
 * @param augmentation size of the images and list of steps
 * @returns a new matrix of X's shape and dtype
 * @throws OptionError for an unknown step or a parameter out of range; ShapeError when the columns are no such images
 *
 * Source: P. Simard, D. Steinkraus & J. Platt, "Best practices for convolutional neural networks" (ICDAR 2003).
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { augment } from "gradproof/data";
 * const image = Matrix.column([1, 2, 3, 4, 5, 6]); // 2 rows of 3 pixels
 * const always = { type: "horizontalFlip", probability: 1 } as const;
 * const mirrored = augment(image, { height: 2, width: 3, steps: [always] });
 * Array.from(mirrored.data); // => [3, 2, 1, 6, 5, 4]
 */
export function augment(X: Matrix, augmentation: Augmentation, options: AugmentOptions = {}): Matrix {
  const { seed = 0, epoch = 1 } = requireObject("augment()", options, ["seed", "epoch"]) as AugmentOptions;
  requireNumber("augment(): seed", seed, { kind: "number", whole: true, min: 0, max: 2 ** 32 - 1 });
  requireNumber("augment(): epoch", epoch, { kind: "number", whole: true, min: 0 });
  const spec = parseAugmentation("augment()", augmentation);
  requireImages("augment(): X", X, spec);
  const result = Matrix.zeros(X.rows, X.columns, X.dtype);
  augmentInto(result, X, spec, { seed, epoch, from: 0, to: X.columns });
  return result;
}

/**
 * Checks that columns are images of the size declared.
 *
 * @throws ShapeError
 */
export function requireImages(where: string, X: Matrix, { height, width, channels }: CompleteAugmentation): void {
  requireMatrix(where, X);
  if (X.rows === height * width * channels) return;
  throw new ShapeError(
    `${where} has ${X.rows} features (rows), but images of ${height} × ${width} pixels with ${channels} ` +
      `${channels === 1 ? "value" : "values"} each have ${height * width * channels}`,
  );
}

/** Writes the changed images `from` … `to − 1` of X into the same columns of `result`. */
export function augmentInto(
  result: Matrix,
  X: Matrix,
  spec: CompleteAugmentation,
  {
    seed,
    epoch,
    from,
    to,
  }: { readonly seed: number; readonly epoch: number; readonly from: number; readonly to: number },
): void {
  const m = X.columns;
  const image = new Float64Array(X.rows);
  for (let j = from; j < to; j++) {
    for (let i = 0; i < X.rows; i++) image[i] = X.data[i * m + j];
    const draws = new RandomStream(seed, "augment", j, epoch);
    const changes = spec.steps.map((step) => drawChange(step, spec, draws));
    resample(image, spec, changes, (feature, value) => {
      result.data[feature * m + j] = value;
    });
  }
}
