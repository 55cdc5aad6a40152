import type { Matrix } from "../array/matrix.js";

/** How far two units may be apart to be the same one, as a share of the larger one's size. */
const sameUnit = 1e-5;

/**
 * Number of units, rows of `[W b]`, that are unlike all units before them: units within 1e-5 of their size are alike, and
 * one whose size is not finite is like no other.
 *
 * Two units are never farther apart in their sums than √n times their distance, n numbers each (Cauchy–Schwarz). So only
 * units whose sums are that close are compared: few where weights are random. Where many units are the same, the one that
 * the unit before was like is tried first.
 */
export function distinctUnits(W: Matrix, b: Matrix): number {
  const { rows, columns } = W;
  const w = W.data;
  const sums = new Float64Array(rows);
  const sizes = new Float64Array(rows); // squared
  for (let i = 0; i < rows; i++) {
    let sum = b.data[i];
    let size = sum * sum;
    for (let k = i * columns; k < (i + 1) * columns; k++) {
      sum += w[k];
      size += w[k] * w[k];
    }
    sums[i] = sum;
    sizes[i] = size;
  }
  const finite: number[] = [];
  for (let i = 0; i < rows; i++) if (Number.isFinite(sizes[i])) finite.push(i);
  let distinct = rows - finite.length;
  const order = finite.slice().sort((i, k) => sums[i] - sums[k]);
  const place = new Int32Array(rows);
  for (const [p, i] of order.entries()) place[i] = p;
  // Twice as far as need be: sums are rounded, and the other unit may be the larger one.
  const reach = 2 * sameUnit * Math.sqrt(columns + 1);
  const kept = new Uint8Array(rows);

  const isLike = (i: number, k: number): boolean =>
    kept[k] === 1 && isWithin(W, b, i, k, sameUnit ** 2 * Math.max(sizes[i], sizes[k]));
  /** The first kept unit like unit i from place p on, in steps of `step`; −1 where there is none. */
  const find = (i: number, p: number, step: number): number => {
    const farthest = reach * Math.sqrt(sizes[i]);
    for (; p >= 0 && p < order.length && Math.abs(sums[order[p]] - sums[i]) <= farthest; p += step) {
      if (isLike(i, order[p])) return order[p];
    }
    return -1;
  };
  let like = 0;
  for (const i of finite) {
    if (isLike(i, like)) continue;
    const below = find(i, place[i] - 1, -1);
    const found = below >= 0 ? below : find(i, place[i] + 1, 1);
    if (found >= 0) like = found;
    else {
      kept[i] = 1;
      distinct++;
    }
  }
  return distinct;
}

/** Whether rows i and k of `[W b]` have a squared distance of at most `limit`. */
function isWithin(W: Matrix, b: Matrix, i: number, k: number, limit: number): boolean {
  const columns = W.columns;
  let distance = (b.data[i] - b.data[k]) ** 2;
  // Unlike rows are told apart by their first numbers.
  for (let j = 0; j < columns && distance <= limit; j++) {
    distance += (W.data[i * columns + j] - W.data[k * columns + j]) ** 2;
  }
  return distance <= limit;
}
