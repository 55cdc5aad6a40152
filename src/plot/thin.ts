import { requireList } from "../constraint/kinds.js";

/** A point of a curve. Where y is not finite the curve has a gap. */
export type ChartPoint = readonly [x: number, y: number];

/** Points a curve is drawn with at most: more than a screen has columns for it. */
export const MOST_POINTS = 1000;

/**
 * A curve of at most `most` points that looks like the given one: of each stretch its lowest and its highest point, so that
 * no spike is lost, and a gap where it has one. The first and the last point stay.
 *
 * @example
 * import { thin } from "gradproof/report";
 * const curve = Array.from({ length: 10_000 }, (_, i) => [i, i === 5000 ? 1 : 0] as const);
 * thin(curve, 100).some(([, y]) => y === 1); // => true
 */
export function thin(points: readonly ChartPoint[], most = MOST_POINTS): ChartPoint[] {
  requireList("thin(): points", points);
  if (points.length <= most) return [...points];
  const kept = new Set([0, points.length - 1]);
  // Besides the two ends, a stretch keeps at most three points.
  const stretches = Math.floor((most - 2) / 3);
  for (let s = 0; s < stretches; s++) {
    const start = Math.floor((s * points.length) / stretches);
    const end = Math.floor(((s + 1) * points.length) / stretches);
    let lowest: number | undefined;
    let highest: number | undefined;
    let gap: number | undefined;
    for (let i = start; i < end; i++) {
      const y = points[i][1];
      if (!Number.isFinite(y)) gap ??= i;
      else {
        if (lowest === undefined || y < points[lowest][1]) lowest = i;
        if (highest === undefined || y > points[highest][1]) highest = i;
      }
    }
    for (const i of [lowest, highest, gap]) {
      if (i !== undefined) kept.add(i);
    }
  }
  return [...kept].sort((a, b) => a - b).map((i) => points[i]);
}

/**
 * At most `most` items, evenly spaced, the first and the last among them: rows of a table, points of a scatter.
 *
 * @example
 * import { sample } from "gradproof/report";
 * sample([0, 1, 2, 3, 4, 5, 6], 3); // => [0, 3, 6]
 */
export function sample<T>(items: readonly T[], most: number): T[] {
  requireList("sample(): items", items);
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, k) => items[Math.round(k * step)]);
}
