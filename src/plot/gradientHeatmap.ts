import { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { sizeOf } from "../gradcheck/shape.js";
import { blockPanes, largestOf, type Pane } from "./blockPanes.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawKey } from "./drawKey.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

/** A block of θ, such as W1, with the relative error of each of its gradient's entries. */
export interface GradientErrors {
  readonly name: string;
  /** |dθ − dθ_approx| / (|dθ| + |dθ_approx|), 0 … 1, in the shape of the block; of more than two axes the first × all others. */
  readonly relativeErrors: Matrix;
  /** Length of each axis, where there are more than two, the last being the fastest. Default: that of `relativeErrors`. */
  readonly shape?: readonly number[];
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
/** Between the matrices of one block, and the height of the index above each. */
const PANE_GAP = 12;
const INDEX_HEIGHT = 16;
/** A matrix with more rows or columns is drawn in tiles. */
const MOST_CELLS = 48;

/**
 * Where a gradient is wrong, as an SVG document: every block of θ in its own shape, each entry shaded by the relative error between
 * the gradient and its numerical estimate, and, where there is room, its power of ten. Blocks of more than 48 rows or columns are
 * drawn in tiles that show the largest error among their entries. An error of exactly 0 is a dash, one that is not a number a cross.
 * An array of more than two axes is drawn as its matrices, `[3, 0, ·, ·]` above that of the last two axes at 3 and 0; where they
 * are more than 64, each is one cell, with its largest error.
 *
 * @param blocks in the order of θ
 * @returns an SVG document
 * @throws ShapeError for a `shape` of another number of entries
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
    const picture = drawBlock(block, width);
    if (left > 0 && left + picture.width > width) {
      left = 0;
      top = lineBottom;
    }
    const placed = picture.at(left, top);
    left += picture.width + GAP;
    lineBottom = Math.max(lineBottom, top + picture.height + 16);
    return placed;
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
  const worst = blocks.map(({ name, relativeErrors }) => `${name} ${formatNumber(largestOf(relativeErrors.data), 2)}`);
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

/** A block as a picture that can be put anywhere. */
interface Picture {
  readonly width: number;
  readonly height: number;
  at(left: number, top: number): Markup;
}

function drawBlock({ name, relativeErrors, shape = relativeErrors.shape }: GradientErrors, width: number): Picture {
  if (sizeOf(shape) !== relativeErrors.data.length) {
    throw new ShapeError(
      `gradientHeatmap(): ${name} has ${relativeErrors.data.length} relative errors, its shape is ${shape.join(" × ")}`,
    );
  }
  const { panes, together, each } = blockPanes(shape, Float64Array.from(relativeErrors.data));
  const [rows, columns] = panes[0]?.errors.shape ?? [0, 0];
  const tile = Math.ceil(Math.max(rows, columns) / MOST_CELLS);
  const matrices = panes.map(({ index, errors }) => ({ index, errors: largestOfTiles(errors, tile) }));
  const [down, across] = matrices[0]?.errors.shape ?? [0, 0];
  const cell = Math.max(1, Math.min(CELL, Math.floor(width / Math.max(1, across))));
  const isParted = shape.length > 2 && each === undefined;
  const label = (index: readonly number[]): string => `[${[...index, "·", "·"].join(", ")}]`;
  const paneWidth = Math.max(
    across * cell,
    isParted ? Math.max(...panes.map(({ index }) => textWidth(label(index)))) : 0,
  );
  const paneHeight = down * cell + (isParted ? INDEX_HEIGHT + PANE_GAP : 0);
  const fitting = Math.max(1, Math.floor((width + PANE_GAP) / (paneWidth + PANE_GAP)));
  // A line ends where an index before the last changes, if as many fit.
  const perLine = fitting >= together ? fitting - (fitting % together) : fitting;
  const onLine = Math.min(perLine, matrices.length);
  const parts = [
    `${name}, ${(shape.length > 2 ? shape : relativeErrors.shape).join(" × ")}`,
    each !== undefined && `the largest of each ${each.join(" × ")}`,
    tile > 1 && `tiles of ${tile} × ${tile}`,
  ];
  const title = fitText(parts.filter(Boolean).join(", "), width);
  const place = (matrix: Pane, k: number, left: number, top: number): Markup => {
    const x = left + (k % perLine) * (paneWidth + PANE_GAP);
    const y = top + NAME_HEIGHT + Math.floor(k / perLine) * paneHeight;
    if (!isParted) return drawCells(matrix.errors, x, y, cell);
    return markup`<text class="quiet" x="${x}" y="${y + 12}">${label(matrix.index)}</text>\n${drawCells(matrix.errors, x, y + INDEX_HEIGHT, cell)}`;
  };
  return {
    width: Math.max(onLine * (paneWidth + PANE_GAP) - PANE_GAP, textWidth(title)),
    height: NAME_HEIGHT + Math.ceil(matrices.length / perLine) * paneHeight,
    at: (left, top) =>
      markup`<g><text x="${left}" y="${top + 16}">${title}</text>\n${matrices.map((matrix, k) => place(matrix, k, left, top))}</g>`,
  };
}

function drawCells(errors: Matrix, left: number, top: number, cell: number): Markup {
  const cells = Array.from(errors.data, (error, at) => {
    const x = left + (at % errors.columns) * cell;
    const y = top + Math.floor(at / errors.columns) * cell;
    const gap = cell > 6 ? 1 : 0;
    const text =
      cell < CELL
        ? undefined
        : markup`<text class="middle" x="${x + cell / 2}" y="${y + cell / 2 + 4}">${fitText(exponent(error), cell)}</text>`;
    return markup`<rect x="${x}" y="${y}" width="${cell - gap}" height="${cell - gap}" fill="var(--heat-${shade(error)})"/>${text}\n`;
  });
  return markup`${cells}`;
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
