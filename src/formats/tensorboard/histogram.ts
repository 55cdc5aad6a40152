import { edgeOf, type Histogram } from "../../training/histogram.js";
import { ProtobufWriter } from "./protobufWriter.js";

const buckets = 30;

/** Values that have been counted already, with their sum and the sum of their squares. */
export interface CountedValues extends Histogram {
  readonly sum: number;
  readonly squares: number;
}

/** A `HistogramProto` of counted values. A value where two bins meet is in the upper one: TensorBoard would put it into the lower. */
export function countedProto(values: CountedValues): ProtobufWriter {
  const { from, to, counts, sum, squares } = values;
  const count = counts.reduce((total, n) => total + n, 0);
  const limits = counts.map((_, i) => edgeOf(values, i + 1));
  return new ProtobufWriter()
    .double(1, from)
    .double(2, to)
    .double(3, count)
    .double(4, sum)
    .double(5, squares)
    .doubles(6, limits)
    .doubles(7, counts);
}

/**
 * A `HistogramProto` of the finite values: their range in 30 equal buckets, with sums for mean and variance.
 *
 * Source: tensorflow/core/framework/histogram.proto (fields 1–7); bucket i counts up to and with `bucket_limit[i]`.
 */
export function histogramProto(values: ArrayLike<number>): ProtobufWriter {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
    sum += value;
    squares += value * value;
  }
  if (count === 0) {
    min = 0;
    max = 0;
  }
  // Halves, so that a range beyond the largest number does not overflow.
  const width = max / 2 - min / 2;
  const limits = Array.from({ length: buckets }, (_, i) =>
    i === buckets - 1 ? max : Math.min(max, 2 * (min / 2 + (width / buckets) * (i + 1))),
  );
  const counts = new Float64Array(buckets);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    const share = width === 0 ? 0 : (values[i] / 2 - min / 2) / width;
    let bucket = Math.min(Math.floor(share * buckets), buckets - 1);
    // The limits decide where rounding and the share do not agree.
    while (bucket > 0 && values[i] <= limits[bucket - 1]) bucket--;
    while (bucket < buckets - 1 && values[i] > limits[bucket]) bucket++;
    counts[bucket]++;
  }
  return new ProtobufWriter()
    .double(1, min)
    .double(2, max)
    .double(3, count)
    .double(4, sum)
    .double(5, squares)
    .doubles(6, limits)
    .doubles(7, counts);
}
