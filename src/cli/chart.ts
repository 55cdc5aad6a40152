import plot from "simple-ascii-chart";
import { type CliContext, usesColor, widthOf } from "./context.js";
import { formatCount, formatNumber } from "./format.js";

/** A named curve: points by rising x. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const rows = 10;
/** Widest a chart gets: beyond, a curve only becomes flatter. */
const mostColumns = 72;
/** Columns that the axis and its labels take. */
const margin = 10;
/** Costs that span more than this are drawn on a logarithmic axis, or all but the first would lie flat. */
const wideSpan = 30;
const colors = ["ansiCyan", "ansiYellow", "ansiMagenta", "ansiGreen"] as const;
/** Marks of the curves where there is no color to tell them apart. */
const marks = ["●", "○", "×", "+"] as const;

/** Curves drawn with characters, under a title and over a legend; empty where there is nothing to draw. */
export function drawCurves(
  title: string,
  curves: readonly Curve[],
  context: CliContext,
  formatX: (x: number) => string = formatCount,
): string {
  const { stdout, env } = context.process;
  const columns = Math.min(mostColumns, widthOf(stdout)) - margin;
  const drawable = curves
    .map(({ name, points }) => ({ name, points: points.filter(([, y]) => Number.isFinite(y)) }))
    .filter(({ points }) => points.length > 1);
  if (drawable.length === 0 || columns < 20) return "";
  const values = drawable.flatMap(({ points }) => points.map(([, y]) => y));
  const isLog = Math.min(...values) > 0 && Math.max(...values) > wideSpan * Math.min(...values);
  const scale = (y: number): number => (isLog ? Math.log10(y) : y);
  const series = drawable.map(({ points }) =>
    resample(
      points.map(([x, y]) => [x, scale(y)]),
      columns,
    ),
  );
  const xs = series.flatMap((points) => points.map(([x]) => x));
  const ys = series.flatMap((points) => points.map(([, y]) => y));
  const color = usesColor(stdout, env);
  // The formatter is not told which curve it draws, but each curve begins at index 0.
  let curve = -1;
  const chart = plot(series, {
    width: columns,
    height: rows,
    customXAxisTicks: ticks(xs, columns > 45 ? 4 : 2),
    customYAxisTicks: ticks(ys, 4),
    formatter: (value, { axis }) => (axis === "x" ? formatX(value) : formatNumber(isLog ? 10 ** value : value, 2)),
    ...(color
      ? { color: [...colors] }
      : series.length > 1 && {
          lineFormatter: ({ plotX, plotY, index }) => {
            if (index === 0) curve++;
            return { x: plotX, y: plotY, symbol: marks[curve % marks.length] };
          },
        }),
  });
  const lines = chart.split("\n").filter((line) => line.trim() !== "");
  return [isLog ? `${title}, logarithmic` : title, ...lines.map((line) => line.trimEnd()), legend(drawable, color)]
    .filter(Boolean)
    .join("\n");
}

function legend(curves: readonly Curve[], color: boolean): string {
  if (curves.length === 1) return "";
  const codes = [36, 33, 35, 32];
  const entries = curves.map(({ name }, i) =>
    color ? `\x1b[${codes[i % codes.length]}m━\x1b[39m ${name}` : `${marks[i % marks.length]} ${name}`,
  );
  return `     ${entries.join("   ")}`;
}

/** One point a column, on the straight lines between the points of the curve. */
function resample(points: Curve["points"], columns: number): [number, number][] {
  const [first, last] = [points[0][0], points[points.length - 1][0]];
  let next = 1;
  return Array.from({ length: columns }, (_, column) => {
    const x = first + ((last - first) * column) / (columns - 1);
    while (next < points.length - 1 && points[next][0] < x) next++;
    const [[x0, y0], [x1, y1]] = [points[next - 1], points[next]];
    return [x, x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)];
  });
}

/** Evenly spaced values from the smallest to the largest. */
function ticks(values: readonly number[], count: number): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
