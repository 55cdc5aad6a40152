import { readableReadings } from "../src/engine/readable/readableReadings.js";
import { rowOf } from "../src/engine/readings.js";
import { distributionOf } from "../src/training/distribution.js";
import type { Histogram } from "../src/training/histogram.js";

/** The histogram of some numbers. */
export function histogramOf(values: ArrayLike<number>): Histogram {
  return distributionOf(rowOf(Float64Array.from(values)), readableReadings).histogram;
}
