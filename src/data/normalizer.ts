import { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { OptionError, requireObject, show } from "../constraint/constraint.js";

/** A {@link Normalizer} as plain data, for a model file. */
export interface NormalizerJson {
  /** μ of each feature. */
  readonly mean: readonly number[];
  /** σ² of each feature, 0 for a constant one. */
  readonly variance: readonly number[];
}

/**
 * Brings every feature to mean 0 and variance 1: `x' = (x − μ) / σ`, with μ and σ² (divisor m) taken from the training
 * set alone and applied unchanged to validation, test and new data.
 *
 * A constant feature has σ = 0 and is divided by 1 instead: it becomes 0 on the training set, and stays finite elsewhere.
 *
 * @example
 * import { Matrix, Normalizer } from "gradproof";
 * const training = Matrix.from([[1, 3], [5, 5]]); // features × examples; the second feature is constant
 * const normalizer = Normalizer.fit(training);
 * normalizer.apply(training).toArray(); // => [[-1, 1], [0, 0]]
 * normalizer.apply(Matrix.column([4, 7])).toArray(); // => [[2], [2]]
 * normalizer.invert(Matrix.column([2, 2])).toArray(); // => [[4], [7]]
 */
export class Normalizer {
  /** μ of each feature. */
  readonly mean: Float64Array;
  /** σ² of each feature, 0 for a constant one. */
  readonly variance: Float64Array;
  /** What x − μ is divided by: σ, or 1 for a constant feature. */
  private readonly scale: Float64Array;

  private constructor(mean: Float64Array, variance: Float64Array) {
    this.mean = mean;
    this.variance = variance;
    this.scale = variance.map((v) => (v === 0 ? 1 : Math.sqrt(v)));
  }

  /**
   * Takes μ and σ² from the training set, in two passes: first μ, then the mean of (x − μ)² (the corrected two-pass
   * algorithm of T. Chan, G. Golub & R. LeVeque, "Algorithms for computing the sample variance", 1983, eq. 1.7).
   *
   * @param X features × examples, at least one example
   * @throws RangeError naming feature and example of a value that is not finite, or a feature whose variance overflows;
   *   ShapeError without examples
   */
  static fit(X: Matrix): Normalizer {
    const m = X.columns;
    if (m === 0) {
      throw new ShapeError(`Normalizer.fit(): a ${X.rows} × 0 matrix has no examples (columns) to learn from`);
    }
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    for (let i = 0; i < X.rows; i++) {
      const row = X.rowData(i); // (1 × examples)
      for (let j = 0; j < m; j++) {
        if (!Number.isFinite(row[j])) {
          throw new RangeError(
            `Normalizer.fit(): feature ${i} of example ${j} is ${row[j]}; remove or replace it before fitting`,
          );
        }
      }
      // A constant must come out as itself, which a rounded mean of it need not.
      if (row.every((x) => x === row[0])) {
        mean[i] = row[0];
        continue;
      }
      // Means of x/m, so that a sum of huge values does not overflow.
      let average = 0;
      for (let j = 0; j < m; j++) average += row[j] / m;
      // The mean of x − μ would be 0 but for rounding; what it is instead corrects both results.
      let rest = 0;
      let squares = 0;
      for (let j = 0; j < m; j++) {
        const deviation = row[j] - average;
        rest += deviation / m;
        squares += (deviation * deviation) / m;
      }
      if (!Number.isFinite(squares)) {
        throw new RangeError(`Normalizer.fit(): the variance of feature ${i} overflows; scale the feature down first`);
      }
      mean[i] = average + rest;
      variance[i] = Math.max(0, squares - rest * rest);
    }
    return new Normalizer(mean, variance);
  }

  /**
   * A normalizer from what {@link Normalizer.toJSON} gave, checked as data from outside.
   *
   * @throws OptionError naming the entry that is wrong
   */
  static fromJSON(json: unknown): Normalizer {
    const { mean, variance } = requireObject("normalizer", json, ["mean", "variance"]);
    const means = numbers("normalizer.mean", mean, Number.NEGATIVE_INFINITY);
    const variances = numbers("normalizer.variance", variance, 0);
    if (means.length !== variances.length) {
      throw new OptionError(`normalizer: ${means.length} means but ${variances.length} variances`);
    }
    return new Normalizer(means, variances);
  }

  /** Number of features. */
  get features(): number {
    return this.mean.length;
  }

  /**
   * `(x − μ) / σ` as a new matrix.
   *
   * @param X features × examples
   * @throws ShapeError when X has another number of features; RangeError for a value that is not finite
   */
  apply(X: Matrix): Matrix {
    return this.each("apply", X, (x, i) => (x - this.mean[i]) / this.scale[i]);
  }

  /**
   * `x' σ + μ` as a new matrix: undoes {@link Normalizer.apply}.
   *
   * @param X normalized features × examples
   * @throws ShapeError when X has another number of features; RangeError for a value that is not finite
   */
  invert(X: Matrix): Matrix {
    return this.each("invert", X, (x, i) => x * this.scale[i] + this.mean[i]);
  }

  /** Mean and variance of each feature as plain data. */
  toJSON(): NormalizerJson {
    return { mean: Array.from(this.mean), variance: Array.from(this.variance) };
  }

  private each(operation: string, X: Matrix, f: (x: number, feature: number) => number): Matrix {
    if (X.rows !== this.features) {
      throw new ShapeError(
        `Normalizer.${operation}(): fitted on ${this.features} features, got a ${X.rows} × ${X.columns} matrix; ` +
          "features are rows, examples are columns",
      );
    }
    const result = Matrix.zeros(X.rows, X.columns, X.dtype); // (features × examples)
    for (let i = 0; i < X.rows; i++) {
      for (let j = 0; j < X.columns; j++) {
        const x = X.data[i * X.columns + j];
        if (!Number.isFinite(x)) {
          throw new RangeError(
            `Normalizer.${operation}(): feature ${i} of example ${j} is ${x}; remove or replace it first`,
          );
        }
        result.data[i * X.columns + j] = f(x, i);
      }
    }
    return result;
  }
}

function numbers(where: string, value: unknown, min: number): Float64Array {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OptionError(`${where} must be a list of at least one number, got ${show(value)}`);
  }
  for (const [i, entry] of value.entries()) {
    if (!(typeof entry === "number" && Number.isFinite(entry) && entry >= min)) {
      const least = min === 0 ? " of at least 0" : "";
      throw new OptionError(`${where}[${i}] must be a finite number${least}, got ${show(entry)}`);
    }
  }
  return Float64Array.from(value);
}
