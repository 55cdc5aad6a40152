import type { FloatArray } from "../array/floatArray.js";

/** Rows of numbers in an array, from its beginning on. */
export interface Window {
  readonly data: FloatArray;
  readonly rows: number;
  readonly columns: number;
  /** From the beginning of one row to that of the next, at least `columns`. */
  readonly stride: number;
}

/** An array as one row. */
export function rowOf(data: FloatArray): Window {
  return { data, rows: 1, columns: data.length, stride: data.length };
}

/** Σx, Σx², and the ends; NaN is neither smallest nor largest. */
export interface Sums {
  readonly sum: number;
  readonly squares: number;
  readonly smallest: number;
  readonly largest: number;
}

/** Bins of equal width for numbers times `unit`, from `low` to `low + width`. */
export interface Bins {
  readonly unit: number;
  readonly low: number;
  readonly width: number;
  /** Up to 31. */
  readonly bins: number;
}

/** Σ(x − mean)², and how many numbers are in each bin. */
export interface Spread {
  readonly distances: number;
  /** Of bin `⌊(x unit − low) / width · bins⌋`, 0 … `bins`: the last is for what lies at the very end. Valid until the next. */
  readonly counts: ArrayLike<number>;
}

/** What the distribution of numbers is made from, each in one pass over them. */
export interface Readings {
  sums(numbers: Window): Sums;
  /** All numbers must be finite and within the bins. */
  spread(numbers: Window, mean: number, bins: Bins): Spread;
}
