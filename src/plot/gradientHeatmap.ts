import { Matrix } from "../array/matrix.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawKey } from "./drawKey.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

/** A block of θ, such as W1, with the relative error of each of its gradient's entries. */
export interface GradientErrors {
  readonly name: string;
  /** |dθ − dθ_approx| / (|dθ| + |dθ_approx|), 0 … 1, in the shape of the block. */
  readonly relativeErrors: Matrix;
}

export interface GradientHeatmapOptions {
  /** Default `Relative error of each gradient entry`. */
  readonly title?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

/** Where one shade ends and the next begins. */
const SHADES = [1e-9, 1e-7, 1e-5, 1e-3, 1e-1];
const LEGEND = ["below 10⁻⁹", "to 10⁻⁷", "to 10⁻⁵", "to 10⁻³", "to 0.1", "above 0.1"];
/** A cell with room for its exponent. */
const CELL = 26;
const NAME_HEIGHT = 24;
const GAP = 24;
/** A block with more rows or columns is drawn in tiles. */
const MOST_CELLS = 48;

/**
 * Where a gradient is wrong, as an SVG document: every block of θ in its own shape, each entry shaded by the relative error between
 * the gradient and its numerical estimate, and, where there is room, its power of ten. Blocks of more than 48 rows or columns are
 * drawn in tiles that show the largest error among their entries. An error of exactly 0 is a dash, one that is not a number a cross.
 *
 * @param blocks in the order of θ
 * @returns an SVG document
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { gradientHeatmap } from "gradproof/report";
 * const svg = gradientHeatmap([{ name: "W1", relativeErrors: Matrix.from([[1e-9, 0.6]]) }]);
 * svg.includes("W1, 1 × 2"); // => true
 */
export function gradientHeatmap(blocks: readonly GradientErrors[], options: GradientHeatmapOptions = {}): string {
  requireList("gradientHeatmap(): blocks", blocks);
  requireRecord("gradientHeatmap(): options", options);
  const { title = "Relative error of each gradient entry", width = 344 } = options;
  let left = 0;
  let top = TITLE_HEIGHT;
  let lineBottom = top;
  const drawn = blocks.map((block) => {
    const { rows, columns } = block.relativeErrors;
    const tile = Math.ceil(Math.max(rows, columns) / MOST_CELLS);
    const errors = largestOfTiles(block.relativeErrors, tile);
    const cell = Math.max(1, Math.min(CELL, Math.floor(width / Math.max(1, errors.columns))));
    const tiles = tile > 1 ? `, tiles of ${tile} × ${tile}` : "";
    const name = fitText(`${block.name}, ${rows} × ${columns}${tiles}`, width);
    const blockWidth = Math.max(errors.columns * cell, textWidth(name));
    if (left > 0 && left + blockWidth > width) {
      left = 0;
      top = lineBottom;
    }
    const picture = drawBlock(name, errors, left, top, cell);
    left += blockWidth + GAP;
    lineBottom = Math.max(lineBottom, top + NAME_HEIGHT + errors.rows * cell + 16);
    return picture;
  });
  const key = drawKey(
    LEGEND.map((text, k) => ({
      sign: (x: number, middle: number) =>
        markup`<rect x="${x}" y="${middle - 7}" width="14" height="14" fill="var(--heat-${k})" stroke="var(--rule)"/>`,
      text,
    })),
    lineBottom,
    width,
  );
  const worst = blocks.map(({ name, relativeErrors }) => `${name} ${formatNumber(largest(relativeErrors.data), 2)}`);
  return chart(
    {
      width,
      height: lineBottom + key.height,
      title,
      description: `Largest relative error by block: ${worst.join(", ")}.`,
    },
    drawn,
    key.markup,
  );
}

function drawBlock(name: string, errors: Matrix, left: number, top: number, cell: number): Markup {
  const cells = Array.from(errors.data, (error, at) => {
    const x = left + (at % errors.columns) * cell;
    const y = top + NAME_HEIGHT + Math.floor(at / errors.columns) * cell;
    const gap = cell > 6 ? 1 : 0;
    const text =
      cell < CELL
        ? undefined
        : markup`<text class="middle" x="${x + cell / 2}" y="${y + cell / 2 + 4}">${fitText(exponent(error), cell)}</text>`;
    return markup`<rect x="${x}" y="${y}" width="${cell - gap}" height="${cell - gap}" fill="var(--heat-${shade(error)})"/>${text}\n`;
  });
  return markup`<g><text x="${left}" y="${top + 16}">${name}</text>\n${cells}</g>`;
}

/** The shade of an error; one that is not a number is as bad as can be. */
function shade(error: number): number {
  const k = SHADES.findIndex((limit) => error < limit);
  return k < 0 ? SHADES.length : k;
}

function exponent(error: number): string {
  if (error === 0) return "–";
  if (!Number.isFinite(error)) return "×";
  return `${Math.floor(Math.log10(error))}`.replace("-", "−");
}

/** Math.max passes NaN on, which is what is wanted: an entry without a value must not hide. */
function largestOfTiles(errors: Matrix, tile: number): Matrix {
  if (tile <= 1) return errors;
  const tiles = Matrix.zeros(Math.ceil(errors.rows / tile), Math.ceil(errors.columns / tile));
  for (let i = 0; i < errors.rows; i++) {
    for (let j = 0; j < errors.columns; j++) {
      const at = Math.floor(i / tile) * tiles.columns + Math.floor(j / tile);
      tiles.data[at] = Math.max(tiles.data[at], errors.data[i * errors.columns + j]);
    }
  }
  return tiles;
}

function largest(errors: Iterable<number>): number {
  let result = 0;
  for (const error of errors) result = Math.max(result, error);
  return result;
}
