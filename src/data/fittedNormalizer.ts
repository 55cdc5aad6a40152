import type { DType } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { type LogShift, logOf, undoLog } from "./logarithms.js";
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
 * What a {@link Normalizer} has learned, as a model file holds it: `u = (x − center) / scale` feature by feature, of the logarithm of
 * x or clipped smoothly where it says so, and back.
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
  /** What is taken off each feature, or off its logarithm: its mean, or its median. */
  readonly center: Float64Array;
  /** What x − center is divided by: the standard deviation, or the distance between the quartiles; 1 for a constant feature. */
  readonly scale: Float64Array;
  /** Whether each feature is clipped: `x' = u / √(1 + (u/3)²)`. */
  readonly clipped: readonly boolean[];
  /** Where the logarithm of x stands for x, what that takes. */
  private readonly logarithm: LogShift | undefined;
  private readonly json: NormalizerJson;

  protected constructor(json: NormalizerJson) {
    this.json = json;
    this.logarithm = "shift" in json ? json : undefined;
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

  /** Whether it takes logarithms. */
  get isLogarithm(): boolean {
    return this.logarithm !== undefined;
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
    return this.each("apply", X, this.forward(), options);
  }

  /**
   * `u · scale + center` as a new matrix: undoes {@link FittedNormalizer.apply}. Of a clipped value ±3 nobody knows what it was; it
   * becomes 10⁹ scales. Of a logarithm come back 0 … 5 · 10¹⁵⁰.
   *
   * @param X normalized features × examples
   * @throws ShapeError when X has another number of features; RangeError for a value that is not finite
   */
  invert(X: Matrix): Matrix {
    return this.each("invert", X, this.backward());
  }

  /**
   * {@link FittedNormalizer.apply} to one example, in place.
   *
   * @param x one number a feature
   * @throws RangeError for a value that is not finite
   */
  applyOne(x: Float64Array): void {
    const forward = this.forward();
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(x[i])) throw notFinite("apply", i, 0, x[i]);
      x[i] = forward(x[i], i);
    }
  }

  /**
   * {@link FittedNormalizer.invert} of one example, in place.
   *
   * @param x one number a feature
   * @throws RangeError for a value that is not finite
   */
  invertOne(x: Float64Array): void {
    const backward = this.backward();
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(x[i])) throw notFinite("invert", i, 0, x[i]);
      x[i] = backward(x[i], i);
    }
  }

  /** What it learned as plain data. */
  toJSON(): NormalizerJson {
    return this.json;
  }

  /** What becomes of a value of a feature; the fields are read once, not once a value. */
  private forward(): (x: number, feature: number) => number {
    const { center, scale, clipped, logarithm } = this;
    return (x, i) => {
      const u = ((logarithm === undefined ? x : logOf(logarithm, x, i)) - center[i]) / scale[i];
      return clipped[i] ? smoothClip(u) : u;
    };
  }

  /** What undoes it. */
  private backward(): (u: number, feature: number) => number {
    const { center, scale, clipped, logarithm } = this;
    return (u, i) => {
      const x = (clipped[i] ? undoSmoothClip(u) : u) * scale[i] + center[i];
      return logarithm === undefined ? x : undoLog(logarithm, x, i);
    };
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
