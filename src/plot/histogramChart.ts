import { bin, deviation, mean, nice, ticks } from "d3-array";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { type Frame, linearAxis, RIGHT_MARGIN, spread, tightAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { formatNumber } from "./formatNumber.js";
import { markup } from "./markup.js";
import { fitText } from "./textWidth.js";

export interface HistogramChartOptions {
  /** Default `Histogram`. */
  readonly title?: string;
  /** What the values are, with their unit. Default `value`. */
  readonly xLabel?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

/** Bins aimed at; their width is then made round. */
const BINS = 24;

/**
 * How values are distributed, as an SVG document: a layer's weights, say. Bars over bins of round width, with the mean and the
 * standard deviation in words. Values that are not finite are counted and left out.
 *
 * @example
 * import { histogramChart } from "gradproof/report";
 * const svg = histogramChart([-0.2, 0.1, 0.1, 0.4], { title: "W1", xLabel: "weight" });
 * svg.includes("4 values, mean 0.1"); // => true
 */
export function histogramChart(values: ArrayLike<number>, options: HistogramChartOptions = {}): string {
  requireList("histogramChart(): values", values);
  requireRecord("histogramChart(): options", options);
  const { title = "Histogram", xLabel = "value", width = 344 } = options;
  const finite = Array.from(values).filter(Number.isFinite);
  const bins = histogramBins(finite);
  const [low, high] = [bins[0].from, bins[bins.length - 1].to];
  const top = TITLE_HEIGHT + 28;
  const bottom = top + 120;
  const counts = linearAxis([0, ...bins.map(({ count }) => count)], [bottom, top]);
  const whole = counts.ticks.filter((tick) => Number.isInteger(tick.value));
  const y = { ...counts, ticks: whole.map((tick) => ({ ...tick, label: formatNumber(tick.value) })) };
  const frame: Frame = { left: yAxisWidth(y), right: width - RIGHT_MARGIN, top, bottom };
  const x = tightAxis([low, high], [frame.left, frame.right]);
  const missing = values.length - finite.length;
  const summary =
    `${formatNumber(finite.length)} values, mean ${formatNumber(mean(finite) ?? Number.NaN, 3)}` +
    `${finite.length > 1 ? `, sd ${formatNumber(deviation(finite) ?? Number.NaN, 3)}` : ""}` +
    `${missing > 0 ? `, ${missing} not finite` : ""}`;
  const bars = bins.map((b) => {
    const [from, to] = [x.place(b.from) ?? 0, x.place(b.to) ?? 0];
    const height = bottom - (y.place(b.count) ?? bottom);
    return height > 0
      ? markup`<rect x="${from}" y="${bottom - height}" width="${Math.max(1, to - from - 1)}" height="${height}" fill="var(--accent)"/>\n`
      : undefined;
  });
  return chart(
    { width, height: bottom + X_AXIS_HEIGHT, title, description: `${xLabel}: ${summary}.` },
    drawGrid(y, frame),
    bars,
    drawYAxis(y, frame, "count"),
    drawXAxis(x, frame, xLabel),
    markup`<text class="quiet end" x="${width}" y="${top - 14}">${fitText(finite.length > 0 ? summary : "no finite values", width - 56)}</text>`,
  );
}

/** A bin: values from `from` up to, but not including, `to`; the last bin includes it. */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The finite values, counted in bins of round width; one bin at least. */
export function histogramBins(values: ArrayLike<number>): HistogramBin[] {
  const finite = Array.from(values).filter(Number.isFinite);
  const [low, high] = nice(...(spread(finite) ?? [0, 1]), BINS);
  const edges = ticks(low, high, BINS).filter((edge) => edge < high);
  return bin()
    .domain([low, high])
    .thresholds(edges)(finite)
    .map((b) => ({ from: b.x0 ?? low, to: b.x1 ?? high, count: b.length }));
}
