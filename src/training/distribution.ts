import { readableReadings } from "../engine/readable/readableReadings.js";
import { type Readings, rowOf, type Window } from "../engine/readings.js";
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
 *
 * @param readings what passes over the numbers
 */
export function distributionOf(numbers: Window, readings: Readings): Distribution {
  const { rows, columns } = numbers;
  const length = rows * columns;
  const { sum, squares, smallest, largest } = readings.sums(numbers);
  const mean = sum / length;
  const norm = Math.sqrt(squares);
  // Finite numbers may have squares that are not.
  const finite = Number.isFinite(squares) ? undefined : onlyFinite(numbers);
  if (finite !== undefined && finite.columns < length) {
    const { histogram } = distributionOf(finite, readableReadings);
    return { statistics: { mean, deviation: Number.NaN, norm }, histogram };
  }
  if (length === 0) return { statistics: { mean, deviation: Number.NaN, norm }, histogram: nothing };
  // Never −0, which JSON would not keep.
  const from = smallest + 0;
  const to = largest + 0;
  if (from === to) return { statistics: { mean, deviation: 0, norm }, histogram: { from, to, counts: [length] } };
  // Halves where the range is beyond the largest number.
  const unit = to - from === Number.POSITIVE_INFINITY ? 0.5 : 1;
  const low = from * unit;
  const spread = readings.spread(numbers, mean, { unit, low, width: to * unit - low, bins });
  const counts: number[] = [];
  for (let i = 0; i < bins; i++) counts.push(spread.counts[i]);
  counts[bins - 1] += spread.counts[bins]; // the last bin includes its end
  const deviation = Math.sqrt(spread.distances / length);
  return { statistics: { mean, deviation, norm }, histogram: { from, to, counts } };
}

/** The finite ones among some numbers, in one row. */
function onlyFinite({ data, rows, columns, stride }: Window): Window {
  const rowsOf = Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * stride, i * stride + columns)));
  return rowOf(Float64Array.from(rowsOf.flat().filter(Number.isFinite)));
}
