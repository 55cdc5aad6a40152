/** A median, and an interval that holds the true one with a probability of at least 95 %. */
export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer values cannot bound a median at 95 %. */
export const leastValues = 6;

/**
 * The interval from the kth least to the kth greatest value, k as large as 95 % allow:
 * P(x₍ₖ₎ ≤ median ≤ x₍ₙ₊₁₋ₖ₎) = 1 − 2 · P(Binomial(n, ½) < k).
 *
 * Order statistics, because they assume nothing of how timings are distributed: something else that runs for a moment
 * makes a few of them many times too long, which would widen an interval built on a deviation beyond use. Logarithms of ratios
 * would give the same interval.
 *
 * @throws RangeError for fewer than 6 values
 */
export function medianInterval(values: readonly number[]): MedianInterval {
  const n = values.length;
  if (n < leastValues) throw new RangeError(`medianInterval(): takes at least ${leastValues} values, got ${n}`);
  const sorted = values.toSorted((a, b) => a - b);
  const k = depth(n);
  return { median: medianOf(sorted), low: sorted[k - 1], high: sorted[n - k] };
}

/** The largest k with 2 · P(Binomial(n, ½) < k) ≤ 5 %. */
function depth(n: number): number {
  let k = 0;
  let probability = 0.5 ** n;
  let below = probability;
  while (2 * below <= 0.05) {
    k++;
    probability *= (n - k + 1) / k;
    below += probability;
  }
  return k;
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
