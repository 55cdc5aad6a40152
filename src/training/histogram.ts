/**
 * How some numbers are distributed: how many lie in each of equally wide bins, from the smallest to the largest number.
 *
 * Bin i goes from `from + i (to − from) / n` up to, but not including, the start of the next, n the length of `counts`; the
 * last bin includes `to`. Numbers that are not finite are left out. Where all numbers are equal, `from` is `to`, and the one
 * bin holds them all; where none is finite, both are 0 and there is no bin.
 */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

const bins = 24;

/** The finite ones among some numbers, counted in 24 bins. */
export function histogramOf(values: ArrayLike<number>): Histogram {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!Number.isFinite(value)) continue;
    count++;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  if (count === 0) return { from: 0, to: 0, counts: [] };
  // Never −0, which JSON would not keep.
  from += 0;
  to += 0;
  if (from === to) return { from, to, counts: [count] };
  // Halves where the range is beyond the largest number.
  const unit = to - from === Number.POSITIVE_INFINITY ? 0.5 : 1;
  const low = from * unit;
  const width = to * unit - low;
  const counts = new Array<number>(bins).fill(0);
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (!Number.isFinite(value)) continue;
    counts[Math.min(bins - 1, Math.floor(((value * unit - low) / width) * bins))]++;
  }
  return { from, to, counts };
}

/** Where bin i begins, and with i the number of bins, where the last one ends. */
export function edgeOf({ from, to, counts }: Histogram, i: number): number {
  // A mean of the ends cannot overflow, as their distance may.
  const share = counts.length === 0 ? 0 : i / counts.length;
  return from * (1 - share) + to * share;
}
