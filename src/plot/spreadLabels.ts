import { requireList } from "../constraint/kinds.js";

/**
 * Moves labels apart: positions at least `gap` from one another and within `[low, high]`, each as near as possible to where
 * it wants to be (least squares, by pooling neighbours that would collide). Where they do not fit at that gap, the gap shrinks.
 *
 * @returns the new positions, in the order of the old ones
 *
 * @example
 * import { spreadLabels } from "gradproof/report";
 * spreadLabels([10, 12, 50], 6, 0, 100); // => [8, 14, 50]
 */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  requireList("spreadLabels(): wanted", wanted);
  const room = wanted.length > 1 ? (high - low) / (wanted.length - 1) : 0;
  const step = Math.min(gap, room);
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  // Without the gaps already owed, "apart" becomes "not falling": isotonic regression.
  const pools: { sum: number; count: number }[] = [];
  for (const [rank, i] of order.entries()) {
    let pool = { sum: wanted[i] - rank * step, count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  }
  const placed = new Array<number>(wanted.length);
  const highest = high - (wanted.length - 1) * step;
  let rank = 0;
  for (const { sum, count } of pools) {
    const base = Math.max(low, Math.min(highest, sum / count));
    for (let k = 0; k < count; k++, rank++) {
      placed[order[rank]] = base + rank * step;
    }
  }
  return placed;
}
