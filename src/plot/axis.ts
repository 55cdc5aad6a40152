import { extent } from "d3-array";
import { scaleLinear, scaleLog } from "d3-scale";
import { formatPower } from "./formatNumber.js";

/** Where in a chart the data is drawn, in pixels; y grows downwards. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A mark on an axis; one without a label is a minor one. */
export interface Tick {
  readonly value: number;
  /** In pixels. */
  readonly at: number;
  readonly label: string;
}

/** A scale from data to pixels, with its ticks. */
export interface Axis {
  /** Pixel of a value; undefined where the axis cannot show it: not finite, or not positive on a logarithmic axis. */
  readonly place: (value: number) => number | undefined;
  readonly ticks: readonly Tick[];
}

export type Interval = readonly [from: number, to: number];

/** A linear axis from exactly the smallest to exactly the largest value. */
export function tightAxis(values: Iterable<number>, range: Interval): Axis {
  return axisOf(
    scaleLinear()
      .domain(spread(values) ?? [0, 1])
      .range(range),
    range,
  );
}

/**
 * A linear axis with room for the values, from round number to round number. Positive values are shown from 0 up, unless
 * all of them lie in the upper half, where that would squeeze a curve flat.
 */
export function linearAxis(values: Iterable<number>, range: Interval): Axis {
  let [low, high] = spread(values) ?? [0, 1];
  if (low > 0 && low < high / 2) low = 0;
  return axisOf(scaleLinear().domain([low, high]).range(range).nice(tickCount(range)), range);
}

/** A logarithmic axis with room for the positive values. Powers of ten are labelled; between them where there is room. */
export function logAxis(values: Iterable<number>, range: Interval): Axis {
  const logs = Array.from(values, (value) => (value > 0 ? Math.log10(value) : Number.NaN));
  const [low, high] = spread(logs) ?? [-1, 0];
  const margin = 0.04 * (high - low);
  // 10^±300: float64 itself ends at 10^±308.
  const ends = [Math.max(-300, low - margin), Math.min(300, high + margin)].map((exponent) => 10 ** exponent);
  const scale = scaleLog().domain(ends).range(range);
  const count = tickCount(range);
  const ticks = scale.ticks(count);
  const labels = mostTelling(ticks, scale.tickFormat(count, "e"));
  return {
    place: (value) => (value > 0 && value < Number.POSITIVE_INFINITY ? scale(value) : undefined),
    ticks: ticks.map((value) => ({
      value,
      at: scale(value),
      label: labels.has(value) ? formatPower(value) : "",
    })),
  };
}

/** The powers of ten, where there are two or more; otherwise what d3 finds room for, or every tick. */
function mostTelling(ticks: readonly number[], format: (value: number) => string): ReadonlySet<number> {
  const powers = ticks.filter((value) => value.toExponential().startsWith("1e"));
  if (powers.length >= 2) return new Set(powers);
  const roomy = ticks.filter((value) => format(value) !== "");
  return new Set(roomy.length >= 2 ? roomy : ticks);
}

function axisOf(scale: ReturnType<typeof scaleLinear<number, number>>, range: Interval): Axis {
  const count = tickCount(range);
  const largest = Math.max(...scale.domain().map(Math.abs));
  const label = largest < 1e-3 || largest >= 1e7 ? scale.tickFormat(count, "~e") : scale.tickFormat(count);
  return {
    place: (value) => (Number.isFinite(value) ? scale(value) : undefined),
    ticks: scale.ticks(count).map((value) => ({ value, at: scale(value), label: label(value) })),
  };
}

/** One tick every 64 pixels across, every 40 down: room for a label like 100,000. */
function tickCount([from, to]: Interval): number {
  return Math.max(2, Math.round(to > from ? (to - from) / 64 : (from - to) / 40));
}

/**
 * Smallest and largest finite number, a little apart where they are the same; undefined where there is none. Within ±1e300, so
 * that their difference is finite.
 */
export function spread(values: Iterable<number>): Interval | undefined {
  const [low, high] = extent(values, (value) =>
    Number.isFinite(value) ? Math.max(-1e300, Math.min(1e300, value)) : undefined,
  );
  if (low === undefined || high === undefined) return undefined;
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < 1e-300) return [0, 1];
  // Closer than 1e-9 of their size, ticks would all read the same.
  return high - low > 1e-9 * size ? [low, high] : [low - size / 10, high + size / 10];
}
