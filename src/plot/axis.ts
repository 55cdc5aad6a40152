import { extent, nice, tickStep, ticks } from "d3-array";
import { requireIterable, requireList } from "../constraint/kinds.js";
import { formatPower, formatStep } from "./formatNumber.js";
import { textWidth } from "./textWidth.js";

/** Where in a chart the data is drawn, in pixels; y grows downwards. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room right of the frame, into which the last label of a bottom axis may reach. */
export const RIGHT_MARGIN = 12;

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

/**
 * A linear axis from exactly the smallest to exactly the largest value.
 *
 * @example
 * import { tightAxis } from "gradproof/report";
 * tightAxis([3, 7], [0, 100]).place(4); // => 25
 */
export function tightAxis(values: Iterable<number>, range: Interval): Axis {
  requireValues("tightAxis()", values, range);
  return linear(spread(values) ?? [0, 1], range);
}

/**
 * A linear axis with room for the values, from round number to round number. Positive values are shown from 0 up, unless
 * all of them lie in the upper half, where that would squeeze a curve flat.
 *
 * @example
 * import { linearAxis } from "gradproof/report";
 * const axis = linearAxis([0.3, 9.6], [0, 100]);
 * axis.ticks.map(({ label }) => label); // => ["0", "5", "10"]
 * axis.place(5); // => 50
 */
export function linearAxis(values: Iterable<number>, range: Interval): Axis {
  requireValues("linearAxis()", values, range);
  let [low, high] = spread(values) ?? [0, 1];
  if (low > 0 && low < high / 2) low = 0;
  return linear(nice(low, high, tickCount(range)), range);
}

/**
 * A logarithmic axis with room for the positive values. Powers of ten are labelled; between them where there is room.
 *
 * @example
 * import { logAxis } from "gradproof/report";
 * const axis = logAxis([1e-8, 1], [0, 400]);
 * axis.place(0); // => undefined
 */
export function logAxis(values: Iterable<number>, range: Interval): Axis {
  requireValues("logAxis()", values, range);
  // Within 10^±300: float64 itself ends at 10^±308.
  const inside = (value: number): number => Math.max(1e-300, Math.min(1e300, value));
  const logs = Array.from(values, (value) => (isPositive(value) ? Math.log10(inside(value)) : Number.NaN));
  const [low, high] = spread(logs) ?? [-1, 0];
  const margin = 0.04 * (high - low);
  const domain = [inside(10 ** (low - margin)), inside(10 ** (high + margin))] as const;
  const across = between([Math.log(domain[0]), Math.log(domain[1])], range);
  const place = (value: number): number => across(Math.log(value));
  return {
    place: (value) => (isPositive(value) ? place(inside(value)) : undefined),
    ticks: fittingTicks(range, (count) => {
      const values = logTicks(domain, count);
      const labelled = mostTelling(values);
      return values.map((value) => ({
        value,
        at: place(value),
        label: labelled.includes(value) ? formatPower(value) : "",
      }));
    }),
  };
}

function requireValues(where: string, values: Iterable<number>, range: Interval): void {
  requireIterable(`${where}: values`, values);
  requireList(`${where}: range`, range, "[from, to] in pixels");
}

/** Digits times powers of ten where there are few powers, round numbers where there are hardly any, else powers alone. */
function logTicks([low, high]: Interval, count: number): number[] {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  if (to - from >= count) return ticks(from, to, Math.min(to - from, count)).map(powerOfTen);
  const found: number[] = [];
  for (let exponent = Math.floor(from); exponent <= Math.ceil(to); exponent++) {
    for (let digit = 1; digit < 10; digit++) {
      const value = digit * powerOfTen(exponent);
      if (value >= low && value <= high) found.push(value);
    }
  }
  return found.length * 2 < count ? ticks(low, high, count) : found;
}

/** Exact where `10 ** exponent` may be off by its last bit. */
function powerOfTen(exponent: number): number {
  return Number(`1e${Math.round(exponent)}`);
}

/** The powers of ten where there are several; else the steps 1, 2, 5; else every tick. */
function mostTelling(ticks: readonly number[]): readonly number[] {
  const starting = (digits: RegExp): number[] => ticks.filter((value) => digits.test(value.toExponential()));
  return [starting(/^1e/), starting(/^[125]e/)].find((some) => some.length >= 2) ?? ticks;
}

function linear(domain: Interval, range: Interval): Axis {
  const across = between(domain, range);
  return {
    place: (value) => (Number.isFinite(value) ? across(clamped(value)) : undefined),
    ticks: fittingTicks(range, (count) => {
      const step = tickStep(...domain, count);
      const largest = Math.max(Math.abs(domain[0]), Math.abs(domain[1]));
      return ticks(...domain, count).map((value) => ({
        value,
        at: across(value),
        label: formatStep(value, step, largest),
      }));
    }),
  };
}

/** The line through both ends of a domain and of a range. */
function between([low, high]: Interval, [from, to]: Interval): (value: number) => number {
  return (value) => {
    const share = (value - low) / (high - low);
    return from * (1 - share) + to * share;
  };
}

/** As many ticks as have room for their labels, one every 48 pixels at most: d3 may give more than it was asked for. */
function fittingTicks(range: Interval, ticksFor: (count: number) => Tick[]): Tick[] {
  const across = range[0] < range[1];
  const apart = (a: Tick, b: Tick): boolean => {
    if (!across) return Math.abs(b.at - a.at) >= 16;
    // The last label stays on the sheet, and so comes closer to the one before it.
    const middle = Math.min(b.at, range[1] + RIGHT_MARGIN - textWidth(b.label) / 2);
    return middle - a.at >= (textWidth(a.label) + textWidth(b.label)) / 2 + 8;
  };
  for (let count = tickCount(range); count > 0; count--) {
    const ticks = ticksFor(count);
    const labelled = ticks.filter((tick) => tick.label);
    if (labelled.every((tick, k) => k === 0 || apart(labelled[k - 1], tick))) return ticks;
  }
  return ticksFor(1).slice(0, 1);
}

function tickCount([from, to]: Interval): number {
  return Math.max(2, Math.round(Math.abs(to - from) / 48));
}

/**
 * Smallest and largest finite number, a little apart where they are the same; undefined where there is none. Within ±1e300, so
 * that their difference is finite.
 */
export function spread(values: Iterable<number>): Interval | undefined {
  const [low, high] = extent(values, (value) => (Number.isFinite(value) ? clamped(value) : undefined));
  if (low === undefined || high === undefined) return undefined;
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < 1e-300) return [0, 1];
  // Closer than 1e-9 of their size, ticks would all read the same.
  return high - low > 1e-9 * size ? [low, high] : [low - size / 10, high + size / 10];
}

function clamped(value: number): number {
  return Math.max(-1e300, Math.min(1e300, value));
}

function isPositive(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY;
}
