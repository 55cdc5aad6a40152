/**
 * The quantile q of sorted numbers, between two of them by linear interpolation, as `numpy.percentile` has it.
 *
 * @param sorted at least one number, ascending
 * @param q 0 … 1
 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  const share = at - below;
  // As NumPy: from the nearer end, so that the result never lies outside.
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/** The median of sorted numbers: of an even count the mean of the two in the middle, as `numpy.median` has it. */
export function median(sorted: ArrayLike<number>): number {
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  // Halved first: the sum of two numbers near the limit of float64 overflows. And −0 becomes 0, the one zero of JSON.
  return (low === high ? low : low / 2 + high / 2) + 0;
}
