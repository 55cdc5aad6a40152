/**
 * Skewness of numbers, `mean(((x − μ) / σ)³)` with divisor m: how far their distribution leans to large values. 0 where all are the same.
 *
 * @param standardized numbers of mean 0 and variance 1
 */
export function skewness(standardized: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < standardized.length; j++) sum += standardized[j] ** 3;
  return sum / standardized.length;
}
