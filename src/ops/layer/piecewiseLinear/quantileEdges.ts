/**
 * Edges of up to `bins` bins that hold about equally many values: the quantiles 0, 1/bins, …, 1, interpolated linearly, each of
 * them once. A constant gets one bin around it, of width 1 where that can be told apart.
 *
 * @param values finite, at least one
 */
export function quantileEdges(values: ArrayLike<number>, bins: number): number[] {
  const sorted = Float64Array.from(values).sort();
  const edges: number[] = [];
  for (let t = 0; t <= bins; t++) {
    const place = (t / bins) * (sorted.length - 1);
    const below = Math.floor(place);
    const share = place - below;
    const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
    // Rounding must not lead out of the two.
    const edge = Math.min(high, Math.max(low, (1 - share) * low + share * high));
    if (edges.length === 0 || edge > edges[edges.length - 1]) edges.push(edge);
  }
  if (edges.length > 1) return edges;
  const half = Math.max(0.5, Math.abs(edges[0]) * 2 ** -50);
  // At the end of the numbers there is none beyond.
  return [Math.max(-Number.MAX_VALUE, edges[0] - half), Math.min(Number.MAX_VALUE, edges[0] + half)];
}
