import { contours } from "d3-contour";
import type { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import { type Axis, type Frame, RIGHT_MARGIN, tightAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { drawKey, type KeyItem } from "./drawKey.js";
import { formatNumber } from "./formatNumber.js";
import { Markup, markup } from "./markup.js";
import type { ProbabilityField } from "./probabilityField.js";
import { sample } from "./thin.js";

export interface DecisionBoundaryOptions {
  /** Drawn filled. Names of features and classes come from here. */
  readonly train?: Dataset;
  /** Held-out examples, test or validation, drawn hollow. */
  readonly test?: Dataset;
  /** Default `Decision boundary`. */
  readonly title?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

/** Points of a set drawn at most. */
const MOST_DOTS = 1500;
/** Where one band of the field ends and the next begins; the middle band, 0.45 to 0.55, is the neutral one. */
const BANDS = Array.from({ length: 10 }, (_, k) => (k + 0.5) / 10);

/**
 * What a classifier of two features has learned, as an SVG document: its probability of class 1 over the plane, the line where
 * it is 0.5, and the examples on top, class 1 as blue circles and class 0 as orange squares.
 *
 * @param field probabilities on a grid, as `probabilityField` makes them
 * @returns an SVG document
 * @throws ShapeError when the grid has fewer than 2 × 2 points or a data set not two features and one row of labels
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { decisionBoundary } from "gradproof/report";
 * const grid = Matrix.from([[0.1, 0.9], [0.1, 0.9]]);
 * const train = { X: Matrix.from([[-1, 1], [0, 0]]), Y: Matrix.row([0, 1]) };
 * const svg = decisionBoundary({ grid, x0: -2, x1: 2, y0: -2, y1: 2 }, { train });
 * svg.startsWith("<svg"); // => true
 */
export function decisionBoundary(field: ProbabilityField, options: DecisionBoundaryOptions = {}): string {
  requireRecord("decisionBoundary(): field", field, "what probabilityField() gives");
  requireRecord("decisionBoundary(): options", options);
  const { train, test, title = "Decision boundary", width = 344 } = options;
  requireField(field);
  const names = train ?? test;
  const featureNames = [0, 1].map((i) => names?.featureNames?.[i] ?? `feature ${i + 1}`);
  const classNames = [0, 1].map((k) => names?.classNames?.[k] ?? `class ${k}`);
  const top = TITLE_HEIGHT + 24;
  const left = yAxisWidth(tightAxis([field.y0, field.y1], [width, 0]));
  const side = width - left - RIGHT_MARGIN;
  const frame: Frame = { left, right: left + side, top, bottom: top + side };
  const x = tightAxis([field.x0, field.x1], [frame.left, frame.right]);
  const y = tightAxis([field.y0, field.y1], [frame.bottom, frame.top]);
  const key = drawKey(keyItems(options, classNames), frame.bottom + X_AXIS_HEIGHT + 4, width);
  const sheet = {
    width,
    height: frame.bottom + X_AXIS_HEIGHT + 4 + key.height,
    title,
    description: describe(field, featureNames, classNames),
  };
  return chart(
    sheet,
    drawField(field.grid, frame),
    train && drawExamples(train, x, y, frame, "filled"),
    test && drawExamples(test, x, y, frame, "hollow"),
    drawYAxis(y, frame, featureNames[1]),
    drawXAxis(x, frame, featureNames[0]),
    key.markup,
  );
}

/** The bands of probability and the line between the classes, in a picture of their own that clips them to the frame. */
function drawField(grid: Matrix, { left, right, top, bottom }: Frame): Markup {
  const { rows, columns, data } = grid;
  const marchingSquares = contours().size([columns, rows]);
  const values = Array.from(data);
  const outline = (level: number): Markup => new Markup(pathOf(marchingSquares.contour(values, level).coordinates));
  // d3 puts sample j at j + 0.5; rows rise in the data and fall on the screen.
  return markup`<svg x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" viewBox="0.5 0.5 ${columns - 1} ${rows - 1}" preserveAspectRatio="none">
<g transform="translate(0 ${rows}) scale(1 -1)" stroke-linejoin="round">
<rect width="${columns}" height="${rows}" fill="var(--field-0)"/>
${BANDS.map((level, k) => markup`<path fill="var(--field-${k + 1})" d="${outline(level)}"/>\n`)}
<path class="boundary" fill="none" stroke="var(--ink)" stroke-width="1.75" vector-effect="non-scaling-stroke" d="${outline(0.5)}"/>
</g>
</svg>`;
}

function pathOf(polygons: readonly (readonly (readonly number[])[])[][]): string {
  const rounded = (value: number): number => Math.round(value * 20) / 20;
  return polygons
    .flat()
    .map(
      (ring) =>
        `M${ring
          .slice(0, -1)
          .map((point) => `${rounded(point[0])} ${rounded(point[1])}`)
          .join("L")}Z`,
    )
    .join("");
}

function drawExamples(data: Dataset, x: Axis, y: Axis, frame: Frame, fill: "filled" | "hollow"): Markup {
  requireExamples(data);
  const places = sample(
    Array.from({ length: data.X.columns }, (_, j) => j),
    MOST_DOTS,
  ).map((j) => ({ label: data.Y.data[j], x: x.place(data.X.get(0, j)), y: y.place(data.X.get(1, j)) }));
  const inside = (at: number | undefined, from: number, to: number): at is number =>
    at !== undefined && at >= from && at <= to;
  return markup`${[0, 1].map((label) => {
    const marks = places.map((place) =>
      place.label === label && inside(place.x, frame.left, frame.right) && inside(place.y, frame.top, frame.bottom)
        ? mark(label, place.x, place.y)
        : undefined,
    );
    return markup`<g class="examples" ${paint(label, fill)}>${marks}</g>\n`;
  })}`;
}

/** A circle for class 1, a square of the same area for class 0. */
function mark(label: number, x: number, y: number): Markup {
  return label === 1
    ? markup`<circle cx="${x}" cy="${y}" r="3.4"/>`
    : markup`<rect x="${x - 3}" y="${y - 3}" width="6" height="6"/>`;
}

function paint(label: number, fill: "filled" | "hollow"): Markup {
  const colour = new Markup(`var(--class-${label})`);
  return fill === "filled"
    ? markup`fill="${colour}" stroke="var(--paper)" stroke-width="0.75"`
    : markup`fill="var(--paper)" stroke="${colour}" stroke-width="1.75"`;
}

function keyItems({ train, test }: DecisionBoundaryOptions, classNames: readonly string[]): KeyItem[] {
  const fill = train || !test ? "filled" : "hollow";
  const sign = (label: number, how: "filled" | "hollow") => (left: number, middle: number) =>
    markup`<g ${paint(label, how)}>${mark(label, left + 8, middle)}</g>`;
  const line = (left: number, middle: number) =>
    markup`<path stroke="var(--ink)" stroke-width="1.75" d="M${left} ${middle}h16"/>`;
  const items = [
    { sign: sign(1, fill), text: classNames[1] },
    { sign: sign(0, fill), text: classNames[0] },
    { sign: line, text: "probability 0.5" },
  ];
  return train && test ? [...items, { sign: sign(1, "hollow"), text: "hollow: held out" }] : items;
}

function describe(
  { grid, x0, x1, y0, y1 }: ProbabilityField,
  [first, second]: readonly string[],
  [, positive]: readonly string[],
): string {
  const share = grid.data.filter((p) => p > 0.5).length / grid.data.length;
  return (
    `Over ${first} from ${formatNumber(x0)} to ${formatNumber(x1)} and ${second} from ${formatNumber(y0)} to ` +
    `${formatNumber(y1)}, ${formatNumber(100 * share, 3)} % of the plane is predicted to be ${positive}.`
  );
}

function requireField({ grid, x0, x1, y0, y1 }: ProbabilityField): void {
  if (grid.rows < 2 || grid.columns < 2) {
    throw new ShapeError(`decisionBoundary(): the grid must be at least 2 × 2, got ${grid.rows} × ${grid.columns}`);
  }
  if (!(x1 > x0 && y1 > y0)) {
    throw new RangeError(
      `decisionBoundary(): the field must reach from a lower to a higher value, got x ${x0} … ${x1} and y ${y0} … ${y1}`,
    );
  }
}

function requireExamples({ X, Y }: Dataset): void {
  if (X.rows !== 2 || Y.rows !== 1 || X.columns !== Y.columns) {
    throw new ShapeError(
      "decisionBoundary(): examples must have two features and one row of labels, " +
        `got X ${X.rows} × ${X.columns} and Y ${Y.rows} × ${Y.columns}`,
    );
  }
}
