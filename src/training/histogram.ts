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

/** Where bin i begins, and with i the number of bins, where the last one ends. */
export function edgeOf({ from, to, counts }: Histogram, i: number): number {
  // A mean of the ends cannot overflow, as their distance may.
  const share = counts.length === 0 ? 0 : i / counts.length;
  return from * (1 - share) + to * share;
}
