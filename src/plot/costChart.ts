import { line } from "d3-shape";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { type Axis, type Frame, linearAxis, logAxis, tightAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { spreadLabels } from "./spreadLabels.js";
import { fitText, textWidth } from "./textWidth.js";
import { lineStyle } from "./theme.js";
import { type ChartPoint, thin } from "./thin.js";

/** A curve with the name that is written at its end. */
export interface Series {
  readonly name: string;
  /** `[x, y]` by rising x. Where y is not finite the curve has a gap. */
  readonly points: readonly ChartPoint[];
  /** Curves drawn thin behind this one, in its colour: those that it is the mean of. */
  readonly behind?: readonly (readonly ChartPoint[])[];
}

export interface CostChartOptions {
  /** Default `Cost`. */
  readonly title?: string;
  /** What is counted along the bottom, with its unit. Default `iteration`. */
  readonly xLabel?: string;
  /** `log` leaves out what is 0 and below. Default `linear`. */
  readonly xScale?: "linear" | "log";
  /** What is measured, with its unit. Default `cost`. */
  readonly yLabel?: string;
  /** `log` shows orders of magnitude; values of 0 and below are then left out. Default `linear`. */
  readonly yScale?: "linear" | "log";
  /** A moment to mark, such as the epoch the weights come from. */
  readonly best?: { readonly x: number; readonly label: string };
  /** Pixels. Default 640. */
  readonly width?: number;
}

const LABEL_HEIGHT = 16;
const LEADER = 20;

/**
 * Curves over the course of training, as an SVG document: cost and penalty, training and validation, or several runs.
 *
 * Each line carries its name at its end and has a colour and a dash of its own. Lines of more than 1,000 points are thinned,
 * keeping every spike. Follows the reader's light or dark scheme.
 *
 * @param series curves, each `[x, y]` by rising x
 * @returns an SVG document
 *
 * @example
 * import { costChart } from "gradproof/report";
 * const svg = costChart([
 *   { name: "train", points: [[0, 0.69], [1000, 0.25], [2000, 0.1]] },
 *   { name: "validation", points: [[0, 0.7], [1000, 0.3], [2000, 0.2]] },
 * ]);
 * svg.startsWith("<svg"); // => true
 */
export function costChart(series: readonly Series[], options: CostChartOptions = {}): string {
  requireList("costChart(): series", series);
  requireRecord("costChart(): options", options);
  const { title = "Cost", xLabel = "iteration", xScale = "linear", yScale = "linear", best, width = 640 } = options;
  const unit = fitText(options.yLabel ?? "cost", width / 3);
  const yLabel = yScale === "log" ? `${unit}, logarithmic` : unit;
  const top = TITLE_HEIGHT + 32;
  const bottom = top + Math.max(0.32 * width, 176, series.length * LABEL_HEIGHT);
  const curves = series.map(({ points }) => thin(points));
  const behind = series.map((one) => (one.behind ?? []).map((points) => thin(points)));
  const points = [...curves, ...behind.flat()].flat();
  const y = (yScale === "log" ? logAxis : linearAxis)(
    points.map((point) => point[1]),
    [bottom, top],
  );
  const names = series.map(({ name }) => fitText(name, width / 3));
  const namesWidth = Math.ceil(Math.max(0, ...names.map((name) => textWidth(name))));
  const frame: Frame = { left: yAxisWidth(y), right: width - namesWidth - LEADER, top, bottom };
  const x = (xScale === "log" ? logAxis : tightAxis)(
    points.map((point) => point[0]),
    [frame.left, frame.right],
  );
  const sheet = { width, height: bottom + X_AXIS_HEIGHT, title, description: describe(series, xLabel, yLabel, best) };
  return chart(
    sheet,
    drawGrid(y, frame),
    drawYAxis(y, frame, yLabel),
    drawXAxis(x, frame, xLabel),
    best && drawBest(best, x, frame, textWidth(yLabel) + 16),
    behind.flatMap((thinner, i) => drawBehind(thinner, i, x, y)),
    drawCurves(curves, x, y),
    drawNames(names, curves, x, y, frame),
  );
}

/** The way through places, with gaps where there are none. */
const path = line<Place>()
  .defined((place) => place !== undefined)
  .x((place) => place?.[0] ?? 0)
  .y((place) => place?.[1] ?? 0)
  .digits(1);

/** Curves behind that of number i. */
function drawBehind(curves: readonly (readonly ChartPoint[])[], i: number, x: Axis, y: Axis): Markup[] {
  const { colour } = lineStyle(i);
  return curves.map(
    (points) =>
      markup`<path class="line" stroke="${colour}" style="stroke-width:1;opacity:0.4" d="${path(points.map((point) => placeOf(point, x, y))) ?? ""}"/>\n`,
  );
}

function drawCurves(curves: readonly (readonly ChartPoint[])[], x: Axis, y: Axis): Markup[] {
  return curves.map((points, i) => {
    const places = points.map((point) => placeOf(point, x, y));
    const { colour, dash } = lineStyle(i);
    // A point between two gaps has no line to be seen by.
    const lonely = places.filter((place, k) => place && !places[k - 1] && !places[k + 1]);
    const dots = lonely.map((place) => place && markup`M${place[0]} ${place[1]}h0`);
    return markup`<path class="line" stroke="${colour}" stroke-dasharray="${dash}" d="${path(places) ?? ""}"/>
<path class="line" stroke="${colour}" style="stroke-width:5" d="${dots}"/>\n`;
  });
}

type Place = readonly [x: number, y: number] | undefined;

/** Where a point stands, or undefined where it cannot be shown. */
function placeOf(point: ChartPoint, x: Axis, y: Axis): Place {
  const [left, top] = [x.place(point[0]), y.place(point[1])];
  return left === undefined || top === undefined ? undefined : [left, top];
}

/** Each name stands right of the frame, as near as it can to where its line ends, and is joined to it. */
function drawNames(
  names: readonly string[],
  curves: readonly (readonly ChartPoint[])[],
  x: Axis,
  y: Axis,
  frame: Frame,
): Markup[] {
  const ends = curves.map((points) => points.map((point) => placeOf(point, x, y)).findLast((place) => place));
  const placed = spreadLabels(
    ends.map((end) => end?.[1] ?? frame.bottom),
    LABEL_HEIGHT,
    frame.top,
    frame.bottom,
  );
  return names.map((name, i) => {
    const { colour } = lineStyle(i);
    const end = ends[i];
    const leader =
      end &&
      markup`<path class="line" stroke="${colour}" style="stroke-width:1.25" stroke-dasharray="1 3" d="M${end[0] + 2} ${end[1]}L${frame.right + LEADER - 4} ${placed[i]}"/>`;
    return markup`<g>${leader}<text class="name" x="${frame.right + LEADER}" y="${placed[i] + 4}" style="fill:${colour}">${name}</text></g>\n`;
  });
}

/** A line down at the moment to mark. Its label keeps clear of what stands left of `clear`. */
function drawBest(best: { readonly x: number; readonly label: string }, x: Axis, frame: Frame, clear: number): Markup {
  const at = Math.min(frame.right, Math.max(frame.left, x.place(best.x) ?? frame.left));
  const label = fitText(best.label, frame.right + LEADER - clear);
  const half = textWidth(label) / 2;
  const middle = Math.max(clear + half, Math.min(frame.right + LEADER - half, at));
  return markup`<g>
<path class="axis" stroke-dasharray="2 3" d="M${at} ${frame.top - 6}V${frame.bottom}"/>
<text class="middle" x="${middle}" y="${frame.top - 14}">${label}</text>
</g>`;
}

function describe(
  series: readonly Series[],
  xLabel: string,
  yLabel: string,
  best: { readonly label: string } | undefined,
): string {
  const courses = series.map(({ name, points }) => {
    const finite = points.filter((point) => Number.isFinite(point[1]));
    const first = finite[0];
    const last = finite.at(-1);
    if (!first || !last) return `${name} has no finite value`;
    const missing = points.length - finite.length;
    return (
      `${name} goes from ${formatNumber(first[1])} at ${xLabel} ${formatNumber(first[0])} ` +
      `to ${formatNumber(last[1])} at ${formatNumber(last[0])}${missing > 0 ? `, with ${missing} values not finite` : ""}`
    );
  });
  return `${yLabel} by ${xLabel}: ${courses.join("; ")}.${best ? ` Marked: ${best.label}.` : ""}`;
}
