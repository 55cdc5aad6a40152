import { linearAxis, RIGHT_MARGIN } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawXAxis, X_AXIS_HEIGHT } from "./drawAxis.js";
import { formatNumber } from "./formatNumber.js";
import { markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

/** A column with what it is worth, as `permutationImportance` gives it. */
export interface ImportantColumn {
  readonly name: string;
  readonly importance: number;
  /** Of 95 %. */
  readonly interval: readonly [from: number, to: number];
}

export interface ImportanceChartOptions {
  /** Default `Permutation importance`. */
  readonly title?: string;
  /** What is measured, with its unit. Default `rise of the error`. */
  readonly xLabel?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

const ROW = 24;

/** A bar a column, the first on top, with a whisker over its interval. */
export function importanceChart(columns: readonly ImportantColumn[], options: ImportanceChartOptions = {}): string {
  const { title = "Permutation importance", xLabel = "rise of the error", width = 344 } = options;
  const left = Math.ceil(Math.min(0.4 * width, Math.max(0, ...columns.map(({ name }) => textWidth(name))))) + 8;
  const top = TITLE_HEIGHT + 8;
  const bottom = top + ROW * columns.length;
  const x = linearAxis(
    [0, ...columns.flatMap(({ importance, interval }) => [importance, ...interval])],
    [left, width - RIGHT_MARGIN],
  );
  const at = (value: number): number => x.place(value) ?? left;
  const [first] = columns;
  return chart(
    {
      width,
      height: bottom + X_AXIS_HEIGHT,
      title,
      description: `${xLabel} where a column is shuffled${first === undefined ? "" : `; the most for ${first.name}, ${formatNumber(first.importance, 3)}`}.`,
    },
    columns.map(({ name, importance, interval: [from, to] }, k) => {
      const middle = top + (k + 0.5) * ROW;
      const [start, end] = [Math.min(at(0), at(importance)), Math.max(at(0), at(importance))];
      return markup`<text class="end" x="${left - 8}" y="${middle + 4}">${fitText(name, left - 8)}</text>
<rect x="${start}" y="${middle - 8}" width="${Math.max(1, end - start)}" height="16" fill="var(--accent)" fill-opacity="0.55"/>
<path class="line" stroke="var(--ink)" style="stroke-width:1.25" d="M${at(from)} ${middle}H${at(to)}M${at(from)} ${middle - 4}v8M${at(to)} ${middle - 4}v8"/>\n`;
    }),
    markup`<path class="axis" d="M${at(0)} ${top}V${bottom}"/>`,
    drawXAxis(x, { left, right: width - RIGHT_MARGIN, top, bottom }, xLabel),
  );
}
