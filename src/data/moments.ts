import type { Matrix } from "../array/matrix.js";
import { gatherFeature, requireExamples } from "./gatherFeature.js";
import type { Moments } from "./normalizerJson.js";

/**
 * μ and σ² of each feature, in two passes: see `Normalizer.fit`.
 *
 * @param where what messages begin with
 */
export function momentsOf(where: string, X: Matrix, examples: ArrayLike<number> | undefined): Moments {
  const m = requireExamples(where, X, examples);
  const mean = new Array<number>(X.rows).fill(0);
  const variance = new Array<number>(X.rows).fill(0);
  const row = new Float64Array(m); // (1 × examples)
  for (let i = 0; i < X.rows; i++) {
    gatherFeature(where, row, X, i, examples);
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
      throw new RangeError(`${where}: the variance of feature ${i} overflows; scale the feature down first`);
    }
    mean[i] = average + rest;
    variance[i] = Math.max(0, squares - rest * rest);
  }
  return { mean, variance };
}
