import type { Matrix } from "../array/matrix.js";
import { FittedNormalizer } from "./fittedNormalizer.js";
import { logMomentsOf } from "./logarithms.js";
import { momentsOf } from "./moments.js";
import { parseNormalizer } from "./normalizerJson.js";
import { type NormalizerOptions, scalesOf } from "./scales.js";

/**
 * Brings features to one scale, by what the training set alone says; it is applied unchanged to validation, test and new
 * data. {@link Normalizer.fit} gives them mean 0 and variance 1; {@link Normalizer.robust} goes by median and quartiles,
 * and clips smoothly; {@link Normalizer.log} gives logarithms mean 0 and variance 1.
 *
 * @example
 * import { Matrix, Normalizer } from "gradproof";
 * const training = Matrix.from([[1, 3], [5, 5]]); // features × examples; the second feature is constant
 * const normalizer = Normalizer.fit(training);
 * normalizer.apply(training).toArray(); // => [[-1, 1], [0, 0]]
 * normalizer.apply(Matrix.column([4, 7])).toArray(); // => [[2], [2]]
 * normalizer.invert(Matrix.column([2, 2])).toArray(); // => [[4], [7]]
 */
export class Normalizer extends FittedNormalizer {
  /**
   * Mean 0 and variance 1: `x' = (x − μ) / σ`. μ and σ² (divisor m) come from two passes: first μ, then the mean of (x − μ)²
   * (the corrected two-pass algorithm of T. Chan, G. Golub & R. LeVeque, "Algorithms for computing the sample variance", 1983,
   * eq. 1.7). A constant feature has σ = 0 and is divided by 1 instead: it becomes 0 on the training set, and stays finite
   * elsewhere.
   *
   * @param X features × examples, at least one example
   * @param examples indices of the training examples, from 0. Default: all
   * @throws RangeError naming feature and example of a value that is not finite, or a feature whose variance overflows;
   *   ShapeError without examples
   */
  static fit(X: Matrix, examples?: ArrayLike<number>): Normalizer {
    return new Normalizer(momentsOf("Normalizer.fit()", X, examples));
  }

  /**
   * A scale that outliers do not move, and a smooth end: `u = (x − median) / (q₇₅ − q₂₅)`, then `x' = u / √(1 + (u/3)²)`. Where the
   * quartiles coincide, half the distance between least and greatest value takes their place; a constant is divided by 1.
   * Indicators and codes stay as they are. Quartiles and median are those of `numpy.percentile` and `numpy.median`, of the
   * values that were not missing.
   *
   * Source: D. Holzmüller, L. Grinsztajn & I. Steinwart, "Better by default" (2024), arXiv 2407.04491.
   *
   * @param X features × examples, at least one example
   * @throws RangeError naming feature and example of a value that is not finite; ShapeError without examples
   *
   * @example
   * import { Matrix, Normalizer } from "gradproof";
   * const normalizer = Normalizer.robust(Matrix.row([1, 2, 3, 4, 1000])); // median 3, quartiles 2 and 4
   * normalizer.apply(Matrix.row([3, 5])).toArray().flat().map((x) => x.toFixed(3)); // => ["0.000", "0.949"]
   */
  static robust(X: Matrix, options: NormalizerOptions = {}): Normalizer {
    return new Normalizer(scalesOf("Normalizer.robust()", X, options));
  }

  /**
   * The logarithm, with mean 0 and variance 1: `x' = (ln(x + c) − μ) / σ`. c is 0 where all values are positive, else the first
   * quartile of those that are: of counts it is small, and of amounts as large as amounts are. A value below the least of training
   * has the logarithm of that one.
   *
   * @param X features × examples, at least one example, none below 0
   * @param examples indices of the training examples, from 0. Default: all
   * @throws RangeError naming feature and example of a value that is negative or not finite; ShapeError without examples
   *
   * @example
   * import { Matrix, Normalizer } from "gradproof";
   * const normalizer = Normalizer.log(Matrix.row([1, 100])); // logarithms 0 and 4.6
   * normalizer.apply(Matrix.row([1, 10, 100])).toArray().flat().map((x) => x.toFixed(2)); // => ["-1.00", "0.00", "1.00"]
   * normalizer.invert(Matrix.row([2])).toArray().flat().map((x) => x.toFixed(0)); // => ["1000"]
   */
  static log(X: Matrix, examples?: ArrayLike<number>): Normalizer {
    return new Normalizer(logMomentsOf("Normalizer.log()", X, examples));
  }

  /**
   * A normalizer from what {@link Normalizer.toJSON} gave, checked as data from outside.
   *
   * @throws OptionError naming the entry that is wrong
   */
  static override fromJSON(json: unknown): Normalizer {
    return new Normalizer(parseNormalizer(json));
  }
}
