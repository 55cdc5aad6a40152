import type { Dataset } from "gradproof";

/** The part of the plane that pictures show: x and y are the first two features. */
export interface Window {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** Room around the points, as a share of their extent. */
const margin = 0.08;

/** The window around the points of these datasets; a single feature lies along x. */
export function windowAround(parts: readonly Dataset[]): Window {
  return { x: around(parts, 0), y: parts[0].X.rows > 1 ? around(parts, 1) : [-1, 1] };
}

function around(parts: readonly Dataset[], feature: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { X } of parts) {
    for (const value of X.rowData(feature)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const room = margin * (high - low) || 1;
  return [low - room, high + room];
}
