import { curveLinear, curveStepBefore, line } from "d3-shape";
import { type Frame, RIGHT_MARGIN, tightAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { drawKey } from "./drawKey.js";
import { markup } from "./markup.js";
import { type ChartPoint, thin } from "./thin.js";

export interface RateChartOptions {
  /** Where the classifier decides: class 1 where the probability is above it. Marked on the curve. Default 0.5. */
  readonly threshold?: number;
  /** Default the name of the curve. */
  readonly title?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

/** A curve in the unit square, with what a reader compares it to. */
export interface RateCurve {
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly ChartPoint[];
  /** How the points are joined: straight, or up or down first and then across. */
  readonly join: "straight" | "step";
  /** Written beside the sign of the curve. */
  readonly curveText: string;
  /** From x = 0 to x = 1: what a classifier that knows nothing would reach. */
  readonly chance: readonly [left: number, right: number];
  readonly chanceText: string;
  /** Where the classifier stands at its threshold. */
  readonly operating: ChartPoint;
  readonly operatingText: string;
  readonly width: number;
}

/** The picture that ROC and precision-recall curves share. */
export function rateChart(curve: RateCurve): string {
  const { width, title, description } = curve;
  const top = TITLE_HEIGHT + 28;
  const left = yAxisWidth(tightAxis([0, 1], [width, 0]));
  const side = width - left - RIGHT_MARGIN;
  const frame: Frame = { left, right: left + side, top, bottom: top + side };
  const atX = (value: number): number => frame.left + value * side;
  const atY = (value: number): number => frame.bottom - value * side;
  const x = tightAxis([0, 1], [frame.left, frame.right]);
  const y = tightAxis([0, 1], [frame.bottom, frame.top]);
  const path = line<ChartPoint>()
    .x((point) => atX(point[0]))
    .y((point) => atY(point[1]))
    .curve(curve.join === "step" ? curveStepBefore : curveLinear)
    .digits(1);
  const stroke = markup`class="line" stroke="var(--accent)"`;
  const dashed = markup`class="line" stroke="var(--muted)" stroke-width="1.5" stroke-dasharray="2 5"`;
  const dot = (cx: number, cy: number) =>
    markup`<circle cx="${cx}" cy="${cy}" r="5" fill="var(--paper)" stroke="var(--ink)" stroke-width="2"/>`;
  const key = drawKey(
    [
      { sign: (at, middle) => markup`<path ${stroke} d="M${at} ${middle}h16"/>`, text: curve.curveText },
      { sign: (at, middle) => markup`<path ${dashed} d="M${at} ${middle}h16"/>`, text: curve.chanceText },
      { sign: (at, middle) => dot(at + 8, middle), text: curve.operatingText },
    ],
    frame.bottom + X_AXIS_HEIGHT + 4,
    width,
  );
  const height = frame.bottom + X_AXIS_HEIGHT + 4 + key.height;
  return chart(
    { width, height, title, description },
    drawGrid(y, frame),
    drawYAxis(y, frame, curve.yLabel),
    drawXAxis(x, frame, curve.xLabel),
    markup`<path ${dashed} d="M${atX(0)} ${atY(curve.chance[0])}L${atX(1)} ${atY(curve.chance[1])}"/>`,
    markup`<path ${stroke} d="${path(thin(curve.points)) ?? ""}"/>`,
    dot(atX(curve.operating[0]), atY(curve.operating[1])),
    key.markup,
  );
}

/** The last point of a curve of falling thresholds at which `p ≥ thresholds[k]` still means `p > threshold`. */
export function operatingIndex(thresholds: readonly number[], threshold: number): number {
  return thresholds.findLastIndex((value) => value > threshold);
}
