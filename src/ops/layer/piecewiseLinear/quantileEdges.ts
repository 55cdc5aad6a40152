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
    const edge = share === 0 ? sorted[below] : (1 - share) * sorted[below] + share * sorted[below + 1];
    if (edges.length === 0 || edge > edges[edges.length - 1]) edges.push(edge);
  }
  if (edges.length > 1) return edges;
  const half = Math.max(0.5, Math.abs(edges[0]) * 2 ** -50);
  return [edges[0] - half, edges[0] + half];
}
