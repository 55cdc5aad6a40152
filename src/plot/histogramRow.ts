import { edgeOf, type Histogram } from "../training/histogram.js";
import { type Axis, type Frame, type Interval, linearAxis, RIGHT_MARGIN, type Tick } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

/** One of the histograms that stand side by side. */
export interface HistogramPanel {
  /** Printed above it. */
  readonly label: string;
  readonly histogram: Histogram;
}

export interface HistogramRowOptions {
  readonly title: string;
  /** What the values are. */
  readonly xLabel: string;
  /** Whether all have the same x axis; if not, each has its own. */
  readonly shared: boolean;
  /** Pixels. */
  readonly width: number;
}

const HEIGHT = 96;
const LABEL_HEIGHT = 18;
/** From one panel's last tick label to the next panel's first. */
const GAP = 12;
/** A bar so many times higher than the others is cut off, so that they can be seen, and its height written beside it. */
const TOWERS = 2;
const HEADROOM = 1.35;
/** Pixels between labels of an axis. */
const APART = 8;
/** Values closer than this part of their size differ by roundings. */
const NOISE = 1e-9;

/** Histograms side by side, as an SVG document: bars over the bins, their heights the shares of the values, on one y axis. */
export function histogramRow(panels: readonly HistogramPanel[], options: HistogramRowOptions): string {
  const { title, xLabel, shared, width } = options;
  const top = TITLE_HEIGHT + 30 + LABEL_HEIGHT;
  const bottom = top + HEIGHT;
  const drawn = panels.map(({ label, histogram }) => ({ label, histogram: withoutNoise(histogram) }));
  const percents = drawn.map(({ histogram }) => percentsOf(histogram));
  const highest = highestShown(percents);
  const percent = linearAxis([0, highest], [bottom, top]);
  const y = { ...percent, ticks: percent.ticks.map((tick) => ({ ...tick, label: `${tick.label} %` })) };
  const left = yAxisWidth(y);
  const room = (width - left - GAP * (panels.length - 1)) / panels.length;
  const all = drawn.flatMap(({ histogram }) => rangeOf(histogram));
  return chart(
    { width, height: bottom + X_AXIS_HEIGHT, title, description: describe(drawn, percents, xLabel) },
    drawYAxis(y, { left, right: width, top: top - LABEL_HEIGHT, bottom }, "share of the values in each bin"),
    drawn.map(({ label, histogram }, i) => {
      const from = left + i * (room + GAP);
      const frame: Frame = { left: from, right: from + room - RIGHT_MARGIN, top, bottom };
      const x = endsAxis(shared ? all : rangeOf(histogram), [frame.left, frame.right]);
      return markup`<g>
${drawGrid(y, frame)}
<text x="${frame.left}" y="${top - 12}">${fitText(label, room)}</text>
${drawBars(histogram, percents[i], { x, y, frame })}
${histogram.counts.length === 0 && markup`<text class="quiet" x="${frame.left}" y="${bottom - 8}">${fitText("no finite values", room)}</text>`}
${drawXAxis(x, frame, i === drawn.length - 1 ? xLabel : "", from)}
</g>\n`;
    }),
  );
}

/** The bars as one path, and what is written beside those that are cut off. */
function drawBars(
  histogram: Histogram,
  percents: readonly number[],
  { x, y, frame }: { readonly x: Axis; readonly y: Axis; readonly frame: Frame },
): Markup {
  const { top, bottom } = frame;
  const place = (i: number): number => x.place(edgeOf(histogram, i)) ?? frame.left;
  const bars = percents.flatMap((percent, i) => {
    if (percent === 0) return [];
    const [from, to] = [place(i), place(i + 1)];
    const wide = Math.max(to - from - Math.min(1, (to - from) / 4), percents.length === 1 ? 3 : 1);
    const high = Math.min(y.place(percent) ?? top, bottom - 1);
    const at = from < to ? from : from - wide / 2;
    return [{ percent, at: Math.max(frame.left, Math.min(at, frame.right - wide)), wide, high }];
  });
  const outlines = bars.map(
    ({ at, wide, high }) => markup`M${at} ${bottom}V${Math.max(top, high)}H${at + wide}V${bottom}z`,
  );
  return markup`<path fill="var(--accent)" d="${outlines}"/>
${bars.filter(({ high }) => high < top - 0.5).map((bar) => drawCut(bar, frame))}`;
}

/** A slanted gap near the top of a bar that goes on above it, and how high it is. */
function drawCut(
  { percent, at, wide }: { readonly percent: number; readonly at: number; readonly wide: number },
  { left, right, top }: Frame,
): Markup {
  const text = `${formatNumber(percent, 2)} %`;
  const toTheRight = at + wide + 4 + textWidth(text) <= right + RIGHT_MARGIN;
  const x = toTheRight ? at + wide + 4 : Math.max(left + textWidth(text), at - 4);
  return markup`<path style="stroke:var(--paper);stroke-width:2" d="M${at - 2} ${top + 9}L${at + wide + 2} ${top + 5}"/>
<text class="quiet${toTheRight ? "" : " end"}" x="${x}" y="${top + 10}">${text}</text>\n`;
}

/** Numbers closer than the rounding errors behind them, as one. */
function withoutNoise(histogram: Histogram): Histogram {
  const { from, to, counts } = histogram;
  return isOne(from, to) && counts.length > 1
    ? { from, to: from, counts: [counts.reduce((sum, n) => sum + n, 0)] }
    : histogram;
}

/** Whether two numbers differ by no more than roundings, or are so small that their distance cannot be divided. */
function isOne(low: number, high: number): boolean {
  const size = Math.max(Math.abs(low), Math.abs(high));
  return high - low <= NOISE * size || size < 1e-300;
}

/**
 * A linear axis that says where it begins and ends, and where 0 is: between round numbers, a small panel has room for one
 * label or none. A single value stands in its middle.
 */
function endsAxis(values: readonly number[], [left, right]: Interval): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const middle = (left + right) / 2;
  if (values.length === 0) return { place: () => undefined, ticks: [] };
  if (isOne(low, high))
    return { place: () => middle, ticks: [{ value: low, at: middle, label: formatNumber(low, 3) }] };
  // Halves, so that a range beyond the largest number does not overflow.
  const place = (value: number): number => left + (right - left) * ((value / 2 - low / 2) / (high / 2 - low / 2));
  return { place, ticks: endTicks(low, high, place(0), [left, right]) };
}

/** The ends with as many digits as there is room for, and 0 where it stands clear of both. */
function endTicks(low: number, high: number, zero: number, [left, right]: Interval): Tick[] {
  const size = Math.max(-low, high);
  // Digits by which the ends differ.
  const least = Math.max(1, Math.ceil(Math.log10(size / 2 / (high / 2 - low / 2))) + 1);
  for (const digits of [least + 2, least + 1, least]) {
    // An end that is next to 0, as wide as the range is, is 0.
    const [first, last] = [low, high].map((value) =>
      formatNumber(Math.abs(value) < size / 10 ** digits ? 0 : value, digits),
    );
    const lastWidth = textWidth(last);
    const firstEnd = left + textWidth(first) + APART;
    const lastStart = Math.min(right - lastWidth / 2, right + RIGHT_MARGIN - lastWidth) - APART;
    if (firstEnd > lastStart + APART) continue;
    const half = textWidth("0") / 2;
    const clear = zero - half > firstEnd && zero + half < lastStart;
    return [
      { value: low, at: left, label: first },
      ...(clear ? [{ value: 0, at: zero, label: "0" }] : []),
      { value: high, at: right, label: last },
    ];
  }
  return [];
}

function rangeOf({ from, to, counts }: Histogram): readonly number[] {
  return counts.length === 0 ? [] : [from, to];
}

function percentsOf({ counts }: Histogram): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n) => (total === 0 ? 0 : (100 * n) / total));
}

/** How far the y axis goes: to the highest bar, unless it towers above the second highest of every panel. */
function highestShown(percents: readonly (readonly number[])[]): number {
  const sorted = percents.map((panel) => [...panel].sort((a, b) => b - a));
  const highest = Math.max(0, ...sorted.map(([first = 0]) => first));
  const second = Math.max(0, ...sorted.map(([, next = 0]) => next));
  return second > 0 && highest > TOWERS * second ? HEADROOM * second : highest || 100;
}

function describe(panels: readonly HistogramPanel[], percents: readonly (readonly number[])[], xLabel: string): string {
  const each = panels.map(({ label, histogram }, i) => {
    const { from, to, counts } = histogram;
    if (counts.length === 0) return `${label}: no finite values`;
    const values = counts.reduce((sum, n) => sum + n, 0);
    const fullest = percents[i].indexOf(Math.max(...percents[i]));
    const [low, high] = [fullest, fullest + 1].map((k) => formatNumber(edgeOf(histogram, k), 3));
    return (
      `${label}: ${formatNumber(values)} values from ${formatNumber(from, 3)} to ${formatNumber(to, 3)}, ` +
      `${formatNumber(percents[i][fullest], 3)} % of them from ${low} to ${high}`
    );
  });
  return `${xLabel}, ${each.join("; ")}.`;
}
