import type { Matrix } from "../array/matrix.js";
import { type Axis, type Interval, linearAxis, RIGHT_MARGIN, tightAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { drawKey } from "./drawKey.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";
import { lineStyle } from "./theme.js";

/** How predictions go with a column, as `partialDependence` gives it. */
export interface DependentColumn {
  readonly name: string;
  readonly kind: "number" | "date" | "category";
  readonly values: readonly (number | string | null)[];
  /** Outputs × values. */
  readonly mean: Matrix;
}

export interface DependenceChartInput {
  readonly column: DependentColumn;
  /** Outputs to draw: rows of `mean`, and what each is called. */
  readonly outputs: readonly { readonly row: number; readonly name: string }[];
  /** What is predicted, with its unit. */
  readonly label: string;
  /** Numbers that the axis of predictions must hold, so that charts side by side have one scale. */
  readonly span: Interval;
  readonly width?: number;
}

/** A line an output over numbers or dates; over categories a dot, with a line of text each. */
export function dependenceChart({ column, outputs, label, span, width = 344 }: DependenceChartInput): string {
  const { name, kind, values, mean } = column;
  const sheet = {
    width,
    title: name,
    description: `Mean of ${label} at ${values.length} values of ${name}, from ${formatNumber(Math.min(...mean.data), 3)} to ${formatNumber(Math.max(...mean.data), 3)}.`,
  };
  const sign = (i: number) => (left: number, middle: number) =>
    kind === "category"
      ? mark(i, left + 8, middle)
      : markup`<path ${stroke(i)} d="M${left} ${middle}h16"/>${mark(i, left + 8, middle)}`;
  const key = (top: number) =>
    outputs.length < 2
      ? { markup: markup``, height: 0 }
      : drawKey(
          outputs.map((output, i) => ({ sign: sign(i), text: output.name })),
          top,
          width,
        );
  if (kind === "category") {
    const names = values.map((value) => (value === null ? "(missing)" : String(value)));
    const left = Math.ceil(Math.min(0.4 * width, Math.max(...names.map((text) => textWidth(text))))) + 8;
    const top = TITLE_HEIGHT + 8;
    const bottom = top + ROW * names.length;
    const x = linearAxis(span, [left, width - RIGHT_MARGIN]);
    const rows = names.map((text, g) => {
      const middle = top + (g + 0.5) * ROW;
      const dots = outputs.map(({ row }, i) => mark(i, x.place(mean.get(row, g)) ?? left, middle));
      return markup`<text class="end" x="${left - 8}" y="${middle + 4}">${fitText(text, left - 8)}</text><path class="grid" d="M${left} ${middle}H${width - RIGHT_MARGIN}"/>${dots}\n`;
    });
    const drawn = key(bottom + X_AXIS_HEIGHT + 4);
    return chart(
      { ...sheet, height: bottom + X_AXIS_HEIGHT + 4 + drawn.height },
      rows,
      drawXAxis(x, { left, right: width - RIGHT_MARGIN, top, bottom }, label),
      drawn.markup,
    );
  }
  const top = TITLE_HEIGHT + 28;
  const bottom = top + 160;
  const y = linearAxis(span, [bottom, top]);
  const frame = { left: yAxisWidth(y), right: width - RIGHT_MARGIN, top, bottom };
  const numbers = values.map(Number);
  const across = tightAxis(numbers, [frame.left, frame.right]);
  const x = kind === "date" ? dated(across, numbers) : across;
  const lines = outputs.map(({ row }, i) => {
    const points = numbers.map((value, g) => [x.place(value) ?? 0, y.place(mean.get(row, g)) ?? 0] as const);
    const path = points.map(([px, py], g) => markup`${g === 0 ? "M" : "L"}${px} ${py}`);
    return markup`<path ${stroke(i)} d="${path}"/>${points.map(([px, py]) => mark(i, px, py))}\n`;
  });
  const drawn = key(bottom + X_AXIS_HEIGHT + 4);
  return chart(
    { ...sheet, height: bottom + X_AXIS_HEIGHT + 4 + drawn.height },
    drawGrid(y, frame),
    drawYAxis(y, frame, label),
    drawXAxis(x, frame, name),
    lines,
    drawn.markup,
  );
}

const ROW = 24;

const stroke = (i: number): Markup => markup`class="line" stroke="${lineStyle(i).colour}"`;

/** Outputs differ in the shape of their marks as well. */
function mark(i: number, x: number, y: number): Markup {
  const { colour } = lineStyle(i);
  const shapes = [
    markup`M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z`,
    markup`M${x - 3} ${y - 3}h6v6h-6Z`,
    markup`M${x - 4} ${y + 3}h8l-4 -7Z`,
    markup`M${x} ${y - 4}l4 4l-4 4l-4 -4Z`,
  ];
  return markup`<path fill="${colour}" d="${shapes[i % shapes.length]}"/>`;
}

/** The first and the last date, and one between them. */
function dated(axis: Axis, times: readonly number[]): Axis {
  const [from, to] = [times[0], times[times.length - 1]];
  const ticks = [...new Set([from, (from + to) / 2, to])].map((value) => ({
    value,
    at: axis.place(value) ?? 0,
    label: new Date(value).toISOString().slice(0, 10),
  }));
  return { place: axis.place, ticks };
}
