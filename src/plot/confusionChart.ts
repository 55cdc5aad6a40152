import { sum } from "d3-array";
import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireRecord } from "../constraint/kinds.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup, type Part } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

export interface ConfusionChartOptions {
  /** One name a class. Default `class 0`, `class 1`, … */
  readonly classNames?: readonly string[];
  /** Default `Confusion matrix`. */
  readonly title?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

/** Columns narrower than this have no names: they stand in the order of the rows. */
const NARROWEST_NAME = 14;

/**
 * A confusion matrix as an SVG document: a row for each true class, a column for each predicted one, in each cell the number of
 * examples and their share of the row. The darker a cell, the larger that share: a good classifier has a dark diagonal.
 *
 * @param confusion classes × classes, rows the truth, as `confusionMatrix` gives it
 * @returns an SVG document
 * @throws ShapeError when the matrix is not square
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { confusionChart } from "gradproof/report";
 * const svg = confusionChart(Matrix.from([[50, 3], [2, 9]]), { classNames: ["legitimate", "fraud"] });
 * svg.includes("fraud"); // => true
 */
export function confusionChart(confusion: Matrix, options: ConfusionChartOptions = {}): string {
  requireMatrix("confusionChart(): confusion", confusion);
  requireRecord("confusionChart(): options", options);
  const { title = "Confusion matrix", width = 344 } = options;
  const classes = confusion.rows;
  if (classes !== confusion.columns || classes === 0) {
    throw new ShapeError(`confusionChart(): needs a square matrix, got ${confusion.rows} × ${confusion.columns}`);
  }
  const names = Array.from({ length: classes }, (_, k) => options.classNames?.[k] ?? `class ${k}`);
  const longest = Math.max(...names.map((name) => textWidth(name)));
  const left = Math.ceil(Math.min(0.32 * width, Math.max(longest, textWidth("truth")))) + 8;
  const cellWidth = (width - left) / classes;
  const counted = Array.from(confusion.data, (count) => textWidth(formatNumber(count)) + 4 <= cellWidth).every(Boolean);
  const cellHeight = counted ? Math.max(24, Math.min(80, cellWidth)) : NARROWEST_NAME;
  const upright = longest > cellWidth - 8 && cellWidth < 64;
  const top = TITLE_HEIGHT + 28;
  const bottom = top + cellHeight * classes;
  const namesHeight = cellWidth < NARROWEST_NAME ? 0 : upright ? Math.min(longest, 80) : 16;
  const height = Math.ceil(bottom + namesHeight + 32);
  const correct = sum(names.map((_, k) => confusion.get(k, k)));
  const total = sum(confusion.data);
  const description = `${formatNumber(correct)} of ${formatNumber(total)} examples are put in their own class.`;
  return chart(
    { width, height, title, description },
    markup`<text class="quiet" x="0" y="${top - 12}">truth</text>`,
    markup`<text class="quiet end" x="${width}" y="${height - 8}">prediction</text>`,
    names.map((name, k) => [
      markup`<text class="end" x="${left - 8}" y="${top + (k + 0.5) * cellHeight + 4}">${fitText(name, left - 8)}</text>\n`,
      columnName(name, left + (k + 0.5) * cellWidth, bottom + 8, cellWidth, upright),
    ]),
    names.map((_, i) =>
      names.map((_, j) => {
        const occurring = sum(confusion.rowData(i));
        const share = occurring > 0 ? confusion.get(i, j) / occurring : 0;
        const text = counted ? cellText(confusion.get(i, j), share, cellWidth, cellHeight) : undefined;
        return drawCell(share, text, left + j * cellWidth, top + i * cellHeight, cellWidth, cellHeight);
      }),
    ),
  );
}

function columnName(name: string, x: number, y: number, cellWidth: number, upright: boolean): Markup | undefined {
  if (cellWidth < NARROWEST_NAME) return undefined;
  if (!upright) return markup`<text class="middle" x="${x}" y="${y + 10}">${fitText(name, cellWidth - 4)}</text>\n`;
  return markup`<text class="end" transform="translate(${x + 4} ${y}) rotate(-90)">${fitText(name, 80)}</text>\n`;
}

/** The count in the middle of its cell, and below it its share of the row where there is room. */
function cellText(count: number, share: number, width: number, height: number): Markup {
  const percent = `${(100 * share).toFixed(1)} %`;
  const roomy = width >= textWidth(percent) + 8 && height >= 40;
  const lower = markup`<text class="middle" x="${width / 2}" y="${height / 2 + 16}">${percent}</text>`;
  return markup`<text class="middle title" x="${width / 2}" y="${height / 2 + (roomy ? 0 : 4)}">${formatNumber(count)}</text>${roomy ? lower : undefined}`;
}

function drawCell(share: number, text: Part, x: number, y: number, width: number, height: number): Markup {
  const box = markup`x="1" y="1" width="${width - 2}" height="${height - 2}"`;
  return markup`<g transform="translate(${x} ${y})"><rect ${box} fill="var(--raised)"/><rect ${box} fill="var(--accent)" fill-opacity="${0.4 * share}"/>${text}</g>\n`;
}
