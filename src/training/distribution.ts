import type { Histogram } from "./histogram.js";

/** Mean, standard deviation and Euclidean norm of some numbers. */
export interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly norm: number;
}

/** How some numbers are distributed. */
export interface Distribution {
  readonly statistics: Statistics;
  readonly histogram: Histogram;
}

const bins = 24;
const nothing: Histogram = { from: 0, to: 0, counts: [] };

/**
 * Statistics of some numbers, and the finite ones among them counted in 24 bins: in two passes, since deviation and bins
 * need the mean and the ends first.
 */
export function distributionOf(values: ArrayLike<number>): Distribution {
  const { length } = values;
  let sum = 0;
  let squares = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < length; k++) {
    const value = values[k];
    sum += value;
    squares += value * value;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  const mean = sum / length;
  const norm = Math.sqrt(squares);
  // Finite numbers may have squares that are not.
  const finite = Number.isFinite(squares) ? values : Array.from(values).filter(Number.isFinite);
  if (finite.length < length) {
    return { statistics: { mean, deviation: Number.NaN, norm }, histogram: distributionOf(finite).histogram };
  }
  if (length === 0) return { statistics: { mean, deviation: Number.NaN, norm }, histogram: nothing };
  // Never −0, which JSON would not keep.
  from += 0;
  to += 0;
  if (from === to) return { statistics: { mean, deviation: 0, norm }, histogram: { from, to, counts: [length] } };

  // Halves where the range is beyond the largest number.
  const unit = to - from === Number.POSITIVE_INFINITY ? 0.5 : 1;
  const low = from * unit;
  const width = to * unit - low;
  // One bin more, for the largest number alone: it belongs to the last.
  const counted = new Uint32Array(bins + 1);
  let distances = 0;
  for (let k = 0; k < length; k++) {
    const value = values[k];
    distances += (value - mean) * (value - mean);
    counted[Math.floor(((value * unit - low) / width) * bins)]++;
  }
  counted[bins - 1] += counted[bins];
  const counts = Array.from({ length: bins }, (_, i) => counted[i]);
  return { statistics: { mean, deviation: Math.sqrt(distances / length), norm }, histogram: { from, to, counts } };
}
