import { mean } from "./scores.js";

/**
 * Ranks of values, 1 for the least; those that are equal share the mean of theirs. Undefined, for a method that failed, counts
 * as the greatest.
 */
export function ranksOf(values: readonly (number | undefined)[]): number[] {
  const numbers = values.map((value) => value ?? Number.POSITIVE_INFINITY);
  return numbers.map((value) => {
    const less = numbers.filter((other) => other < value).length;
    const equal = numbers.filter((other) => other === value).length;
    return less + (equal + 1) / 2;
  });
}

/** A mean and its 95 % interval. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * `mean ± t(n − 1) s / √n` over independent values, such as one a table: seeds of a table share its rows.
 *
 * Source: Student 1908, "The probable error of a mean". Of one value the interval is all numbers.
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const center = mean(values);
  if (values.length < 2) return { mean: center, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const half = tQuantile(values.length - 1) * standardError(values);
  return { mean: center, low: center - half, high: center + half };
}

/** `s / √n`, s with n − 1. */
export function standardError(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** The t with P(|T| ≤ t) = 95 % for whole degrees of freedom, by bisection. */
export function tQuantile(freedom: number): number {
  let [low, high] = [0, 16];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (within(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return low;
}

/** P(|T| ≤ t). Source: Abramowitz & Stegun 1964, 26.7.3 and 26.7.4. */
function within(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, square] = [Math.sin(angle), Math.cos(angle) ** 2];
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= (square * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
