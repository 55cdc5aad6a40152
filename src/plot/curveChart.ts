import type { CurvePoint } from "../sweep/curvePoint.js";
import { linearAxis, RIGHT_MARGIN } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { drawKey } from "./drawKey.js";
import { formatNumber } from "./formatNumber.js";
import { markup } from "./markup.js";
import { settingAxis } from "./settingAxis.js";
import { lineStyle } from "./theme.js";

/** Errors of training and validation against what varies, with a bar of one standard deviation. */
export interface CurveChartInput {
  readonly title: string;
  readonly xLabel: string;
  readonly points: readonly CurvePoint[];
  /** What varies. */
  readonly x: (point: CurvePoint) => number;
  /** Training error that would be good enough, drawn as a line. */
  readonly goal: number;
  readonly width: number;
}

/** Two lines over evenly spaced values; marks differ in shape as well. */
export function curveChart({ title, xLabel, points, x, goal, width }: CurveChartInput): string {
  const top = TITLE_HEIGHT + 32;
  const bottom = top + Math.max(200, 0.5 * width);
  const errors = points.flatMap(({ training, validation }) => [training, validation]);
  const y = linearAxis(
    [0, goal, ...errors.flatMap(({ mean, spread }) => [Math.max(0, mean - spread), mean + spread])],
    [bottom, top],
  );
  const frame = { left: yAxisWidth(y), right: width - RIGHT_MARGIN, top, bottom };
  const setting = (point: CurvePoint) => ({ value: x(point), text: formatNumber(x(point)) });
  const places = settingAxis(points.map(setting), [frame.left, frame.right]);
  const atY = (value: number): number => y.place(Math.max(0, value)) ?? bottom;
  const mark = (part: number, cx: number, cy: number) => {
    const { colour } = lineStyle(part);
    return part === 0
      ? markup`<circle cx="${cx}" cy="${cy}" r="4" fill="${colour}"/>`
      : markup`<path d="M${cx - 4} ${cy - 4}h8v8h-8z" fill="${colour}"/>`;
  };
  const curves = (["training", "validation"] as const).map((part, i) => {
    const { colour, dash } = lineStyle(i);
    const path = points.map(
      (point, k) => markup`${k === 0 ? "M" : "L"}${places.place(setting(point))} ${atY(point[part].mean)}`,
    );
    const bars = points.map((point) => {
      const { mean, spread } = point[part];
      return spread > 0 && markup`M${places.place(setting(point))} ${atY(mean - spread)}V${atY(mean + spread)}`;
    });
    const marks = points.map((point) => mark(i, places.place(setting(point)), atY(point[part].mean)));
    return markup`<g><path class="line" stroke="${colour}" style="stroke-width:1.25;opacity:.7" d="${bars}"/>
<path class="line" stroke="${colour}" stroke-dasharray="${dash}" d="${path}"/>${marks}</g>\n`;
  });
  const dashed = markup`class="line" stroke="var(--muted)" style="stroke-width:1.5" stroke-dasharray="2 5"`;
  const sign = (i: number) => (left: number, middle: number) =>
    markup`<path class="line" stroke="${lineStyle(i).colour}" d="M${left} ${middle}h16"/>${mark(i, left + 8, middle)}`;
  const key = drawKey(
    [
      { sign: sign(0), text: "training error" },
      { sign: sign(1), text: "validation error" },
      {
        sign: (left, middle) => markup`<path ${dashed} d="M${left} ${middle}h16"/>`,
        text: `goal ${formatNumber(goal)}`,
      },
    ],
    bottom + X_AXIS_HEIGHT + 4,
    width,
  );
  const last = points[points.length - 1];
  const axis = { place: () => undefined, ticks: places.ticks.map((tick) => ({ ...tick, value: 0 })) };
  return chart(
    {
      width,
      height: bottom + X_AXIS_HEIGHT + 4 + key.height,
      title,
      description: `Training and validation error against ${xLabel}; at ${formatNumber(x(last))} they are ${formatNumber(last.training.mean, 2)} and ${formatNumber(last.validation.mean, 2)}.`,
    },
    drawGrid(y, frame),
    drawYAxis(y, frame, "error relative to guessing"),
    drawXAxis(axis, frame, xLabel),
    markup`<path ${dashed} d="M${frame.left} ${atY(goal)}H${frame.right}"/>`,
    curves,
    key.markup,
  );
}
