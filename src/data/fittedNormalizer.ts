import type { DType } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { type NormalizerJson, parseNormalizer } from "./normalizerJson.js";
import { smoothClip, undoSmoothClip } from "./smoothClip.js";

/** What becomes of X on its way through a normalizer. */
export interface NormalizedOptions {
  /** Indices of the examples to take, from 0, in this order. Default: all. */
  readonly examples?: ArrayLike<number>;
  /** Precision of the result, to which each value is rounded once. Default: that of X. */
  readonly dtype?: DType;
}

/**
 * What a {@link Normalizer} has learned, as a model file holds it: `u = (x − center) / scale` feature by feature, clipped
 * smoothly where it says so, and back.
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
  /** What is taken off each feature: its mean, or its median. */
  readonly center: Float64Array;
  /** What x − center is divided by: the standard deviation, or the distance between the quartiles; 1 for a constant feature. */
  readonly scale: Float64Array;
  /** Whether each feature is clipped: `x' = u / √(1 + (u/3)²)`. */
  readonly clipped: readonly boolean[];
  private readonly json: NormalizerJson;

  protected constructor(json: NormalizerJson) {
    this.json = json;
    if ("mean" in json) {
      this.center = Float64Array.from(json.mean);
      this.scale = Float64Array.from(json.variance, (v) => (v === 0 ? 1 : Math.sqrt(v)));
      this.clipped = json.mean.map(() => false);
    } else {
      this.center = Float64Array.from(json.center);
      this.scale = Float64Array.from(json.scale);
      this.clipped = json.clip;
    }
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
    return this.center.length;
  }

  /**
   * `(x − center) / scale`, clipped where it is, as a new matrix.
   *
   * @param X features × examples
   * @param options which examples, and in which precision: one pass over X does it all
   * @throws ShapeError when X has another number of features; RangeError for a value that is not finite, or an example
   * that is not there
   */
  apply(X: Matrix, options: NormalizedOptions = {}): Matrix {
    const { center, scale, clipped } = this;
    return this.each(
      "apply",
      X,
      (x, i) => (clipped[i] ? smoothClip((x - center[i]) / scale[i]) : (x - center[i]) / scale[i]),
      options,
    );
  }

  /**
   * `u · scale + center` as a new matrix: undoes {@link FittedNormalizer.apply}. Of a clipped value ±3 nobody knows what it was; it
   * becomes 10⁹ scales.
   *
   * @param X normalized features × examples
   * @throws ShapeError when X has another number of features; RangeError for a value that is not finite
   */
  invert(X: Matrix): Matrix {
    const { center, scale, clipped } = this;
    return this.each("invert", X, (x, i) => (clipped[i] ? undoSmoothClip(x) : x) * scale[i] + center[i]);
  }

  /**
   * {@link FittedNormalizer.apply} to one example, in place.
   *
   * @param x one number a feature
   * @throws RangeError for a value that is not finite
   */
  applyOne(x: Float64Array): void {
    const { center, scale, clipped } = this;
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(x[i])) throw notFinite("apply", i, 0, x[i]);
      const u = (x[i] - center[i]) / scale[i];
      x[i] = clipped[i] ? smoothClip(u) : u;
    }
  }

  /**
   * {@link FittedNormalizer.invert} of one example, in place.
   *
   * @param x one number a feature
   * @throws RangeError for a value that is not finite
   */
  invertOne(x: Float64Array): void {
    const { center, scale, clipped } = this;
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(x[i])) throw notFinite("invert", i, 0, x[i]);
      x[i] = (clipped[i] ? undoSmoothClip(x[i]) : x[i]) * scale[i] + center[i];
    }
  }

  /** What it learned as plain data. */
  toJSON(): NormalizerJson {
    return this.json;
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
