import type { DType } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { say } from "../constraint/codedError.js";
import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { dataWords } from "./words.js";

/** A {@link Normalizer} as plain data, for a model file. */
export interface NormalizerJson {
  /** μ of each feature. */
  readonly mean: readonly number[];
  /** σ² of each feature, 0 for a constant one. */
  readonly variance: readonly number[];
}

/** What becomes of X on its way through a normalizer. */
export interface NormalizedOptions {
  /** Indices of the examples to take, from 0, in this order. Default: all. */
  readonly examples?: ArrayLike<number>;
  /** Precision of the result, to which each value is rounded once. Default: that of X. */
  readonly dtype?: DType;
}

/**
 * What a {@link Normalizer} has learned, as a model file holds it: `x' = (x − μ) / σ` feature by feature, and back.
 *
 * @example
 * import { dense, Normalizer, network, serializeModel } from "gradproof";
 * import { Matrix, parseModel } from "gradproof/predict";
 * const trained = network({ inputs: 1, layers: [dense(1, "linear")] });
 * const normalizer = Normalizer.fit(Matrix.row([0, 4])); // mean 2, standard deviation 2
 * const model = parseModel(serializeModel({ network: trained, normalizer }));
 * model.normalizer?.apply(Matrix.row([2, 6])).toArray(); // => [[0, 2]]
 */
export class FittedNormalizer {
  /** μ of each feature. */
  readonly mean: Float64Array;
  /** σ² of each feature, 0 for a constant one. */
  readonly variance: Float64Array;
  /** What x − μ is divided by: σ, or 1 for a constant feature. */
  private readonly scale: Float64Array;

  protected constructor({ mean, variance }: Moments) {
    this.mean = mean;
    this.variance = variance;
    this.scale = variance.map((v) => (v === 0 ? 1 : Math.sqrt(v)));
  }

  /**
   * A normalizer from what {@link FittedNormalizer.toJSON} gave, checked as data from outside.
   *
   * @throws OptionError naming the entry that is wrong
   */
  static fromJSON(json: unknown): FittedNormalizer {
    return new FittedNormalizer(parseNormalizer(json));
  }

  /** Number of features. */
  get features(): number {
    return this.mean.length;
  }

  /**
   * `(x − μ) / σ` as a new matrix.
   *
   * @param X features × examples
   * @param options which examples, and in which precision: one pass over X does it all
   * @throws ShapeError when X has another number of features; RangeError for a value that is not finite, or an example
   * that is not there
   */
  apply(X: Matrix, options: NormalizedOptions = {}): Matrix {
    return this.each("apply", X, (x, i) => (x - this.mean[i]) / this.scale[i], options);
  }

  /**
   * `x' σ + μ` as a new matrix: undoes {@link FittedNormalizer.apply}.
   *
   * @param X normalized features × examples
   * @throws ShapeError when X has another number of features; RangeError for a value that is not finite
   */
  invert(X: Matrix): Matrix {
    return this.each("invert", X, (x, i) => x * this.scale[i] + this.mean[i]);
  }

  /**
   * {@link FittedNormalizer.apply} to one example, in place.
   *
   * @param x one number a feature
   * @throws RangeError for a value that is not finite
   */
  applyOne(x: Float64Array): void {
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(x[i])) throw notFinite("apply", i, 0, x[i]);
      x[i] = (x[i] - this.mean[i]) / this.scale[i];
    }
  }

  /**
   * {@link FittedNormalizer.invert} of one example, in place.
   *
   * @param x one number a feature
   * @throws RangeError for a value that is not finite
   */
  invertOne(x: Float64Array): void {
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(x[i])) throw notFinite("invert", i, 0, x[i]);
      x[i] = x[i] * this.scale[i] + this.mean[i];
    }
  }

  /** Mean and variance of each feature as plain data. */
  toJSON(): NormalizerJson {
    return { mean: Array.from(this.mean), variance: Array.from(this.variance) };
  }

  private each(
    operation: string,
    X: Matrix,
    f: (x: number, feature: number) => number,
    { examples, dtype }: NormalizedOptions = {},
  ): Matrix {
    requireMatrix(`Normalizer.${operation}(): X`, X);
    if (X.rows !== this.features) {
      throw new ShapeError(
        `Normalizer.${operation}(): fitted on ${this.features} features, got a ${X.rows} × ${X.columns} matrix; ` +
          "features are rows, examples are columns",
      );
    }
    const columns = examples?.length ?? X.columns;
    const result = Matrix.zeros(X.rows, columns, dtype ?? X.dtype); // (features × examples)
    for (let i = 0; i < X.rows; i++) {
      const row = X.rowData(i);
      for (let j = 0; j < columns; j++) {
        const x = row[examples === undefined ? j : examples[j]];
        if (!Number.isFinite(x)) throw notFinite(operation, i, j, x);
        result.data[i * columns + j] = f(x, i);
      }
    }
    return result;
  }
}

function notFinite(operation: string, feature: number, example: number, x: number): RangeError {
  return new RangeError(
    `Normalizer.${operation}(): feature ${feature} of example ${example} is ${x}; remove or replace it first`,
  );
}

/** μ and σ² of each feature. */
interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Checks a normalizer that comes from a model file. */
export function parseNormalizer(json: unknown): Moments {
  const { mean, variance } = requireObject("normalizer", json, ["mean", "variance"]);
  const means = numbers("normalizer.mean", mean, Number.NEGATIVE_INFINITY);
  const variances = numbers("normalizer.variance", variance, 0);
  if (means.length !== variances.length) {
    throw new OptionError(say(dataWords, "normalizer.lengths", { means: means.length, variances: variances.length }));
  }
  return { mean: means, variance: variances };
}

function numbers(where: string, value: unknown, min: number): Float64Array {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OptionError(say(dataWords, "normalizer.list", { where, given: show(value) }));
  }
  const range = { kind: "number", ...(min === 0 && { min }) } as const;
  for (const [i, entry] of value.entries()) requireNumber(`${where}[${i}]`, entry, range);
  return Float64Array.from(value);
}
