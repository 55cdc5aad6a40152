import type { FloatArray } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { FittedNormalizer, parseNormalizer } from "./fittedNormalizer.js";

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
export class Normalizer extends FittedNormalizer {
  /**
   * Takes μ and σ² from the training set, in two passes: first μ, then the mean of (x − μ)² (the corrected two-pass
   * algorithm of T. Chan, G. Golub & R. LeVeque, "Algorithms for computing the sample variance", 1983, eq. 1.7).
   *
   * @param X features × examples, at least one example
   * @param examples indices of the training examples, from 0. Default: all
   * @throws RangeError naming feature and example of a value that is not finite, or a feature whose variance overflows;
   *   ShapeError without examples
   */
  static fit(X: Matrix, examples?: ArrayLike<number>): Normalizer {
    requireMatrix("Normalizer.fit(): X", X);
    const m = examples?.length ?? X.columns;
    if (m === 0) {
      throw new ShapeError(`Normalizer.fit(): a ${X.rows} × 0 matrix has no examples (columns) to learn from`);
    }
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    const gathered = new Float64Array(examples === undefined ? 0 : m);
    for (let i = 0; i < X.rows; i++) {
      const row = examples === undefined ? X.rowData(i) : gathered; // (1 × examples)
      if (examples !== undefined) gather(gathered, X.rowData(i), examples);
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
    return new Normalizer({ mean, variance });
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

function gather(target: Float64Array, row: FloatArray, indices: ArrayLike<number>): void {
  for (let j = 0; j < target.length; j++) target[j] = row[indices[j]];
}
