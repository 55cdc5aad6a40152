import { type CountedValues, countedProto, histogramProto } from "./histogram.js";
import { ProtobufWriter } from "./protobufWriter.js";
import { tfRecord } from "./record.js";

/** What is known at one step of a run, by tag: TensorBoard draws a chart a tag. */
export interface SummaryValues {
  readonly scalars?: Readonly<Record<string, number>>;
  readonly histograms?: Readonly<Record<string, ArrayLike<number> | CountedValues>>;
}

/** The record every event file begins with. `seconds` since 1970. */
export function versionRecord(seconds: number): Uint8Array {
  return tfRecord(new ProtobufWriter().double(1, seconds).string(3, "brain.Event:2").finish());
}

/**
 * One `Event` with a `Summary`, as a record. Scalars are float32, as TensorBoard keeps them.
 *
 * Source: tensorflow/core/util/event.proto (wall_time 1, step 2, file_version 3, summary 5) and
 * tensorflow/core/framework/summary.proto (value 1; its tag 1, simple_value 2, histo 5).
 */
export function summaryRecord(
  seconds: number,
  step: number,
  { scalars = {}, histograms = {} }: SummaryValues,
): Uint8Array {
  const summary = new ProtobufWriter();
  for (const [tag, value] of Object.entries(scalars)) {
    summary.message(1, new ProtobufWriter().string(1, tag).float(2, value));
  }
  for (const [tag, values] of Object.entries(histograms)) {
    const histogram = "counts" in values ? countedProto(values) : histogramProto(values);
    summary.message(1, new ProtobufWriter().string(1, tag).message(5, histogram));
  }
  return tfRecord(new ProtobufWriter().double(1, seconds).int64(2, step).message(5, summary).finish());
}
