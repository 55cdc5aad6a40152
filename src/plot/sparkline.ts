import { extent } from "d3-array";
import { type Markup, markup } from "./markup.js";
import { type ChartPoint, thin } from "./thin.js";

/** Pixels of a curve in a cell of a table. */
const [WIDTH, HEIGHT] = [120, 20];

/** Points a curve of that size can show. */
const MOST_POINTS = 60;

/** Small curves in a cell of a table, without axes: the first solid, others dashed. */
export function sparkline(curves: readonly (readonly ChartPoint[])[], spans: Spans): Markup {
  const [[left, right], [low, high]] = [spans.x, spans.y];
  const share = (value: number, from: number, to: number): number => (to > from ? (value - from) / (to - from) : 0.5);
  const paths = curves.map((curve, i) => {
    const points = thin(
      curve.filter(([, y]) => Number.isFinite(y)),
      MOST_POINTS,
    );
    const path = points.map(
      ([x, y], k) =>
        markup`${k === 0 ? "M" : "L"}${1 + (WIDTH - 2) * share(x, left, right)} ${HEIGHT - 1 - (HEIGHT - 2) * share(y, low, high)}`,
    );
    return markup`<path class="line" stroke="var(--line-${String(i)})" style="stroke-width:1.25"${i > 0 && markup` stroke-dasharray="3 2"`} d="${path}"/>`;
  });
  return markup`<svg class="gradproof" aria-hidden="true" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${paths}</svg>`;
}

/** What the cells of a column have in common, so that their curves can be compared. */
export interface Spans {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** The spans of all curves together. */
export function spansOf(curves: readonly (readonly ChartPoint[])[]): Spans {
  const points = curves.flat().filter(([, y]) => Number.isFinite(y));
  const span = (k: 0 | 1): readonly [number, number] => {
    const [from = 0, to = 1] = extent(points, (point) => point[k]);
    return [from, to];
  };
  return { x: span(0), y: span(1) };
}
