import { type ChartPoint, sample } from "./thin.js";

/** Members of an ensemble that are drawn beside their mean, evenly spaced among all. */
const MOST_MEMBERS = 32;

/**
 * The mean of the members' curves, and the curves themselves to draw thin behind it. At each x it is the mean of the members that have
 * a point there: those that have ended have none.
 *
 * @param curves at least one, each `[x, y]` by rising x; of one curve it is the curve itself
 */
export function membersCurve(curves: readonly (readonly ChartPoint[])[]): {
  readonly points: readonly ChartPoint[];
  readonly behind?: readonly (readonly ChartPoint[])[];
} {
  if (curves.length === 1) return { points: curves[0] };
  const sums = new Map<number, { total: number; count: number }>();
  for (const [x, y] of curves.flat()) {
    const { total, count } = sums.get(x) ?? { total: 0, count: 0 };
    sums.set(x, { total: total + y, count: count + 1 });
  }
  const points = [...sums].sort(([a], [b]) => a - b).map(([x, { total, count }]) => [x, total / count] as const);
  return { points, behind: sample(curves, MOST_MEMBERS) };
}
