/** Where a clipped value levels off. */
const bound = 3;

/** From here on the clipped value is ±3 up to rounding, and its square is far from an overflow. */
const far = 1e9;

/**
 * `u / √(1 + (u/3)²)`: about u near 0, and never beyond ±3, so that one outlier does not carry a network away.
 *
 * Source: D. Holzmüller, L. Grinsztajn & I. Steinwart, "Better by default" (2024), arXiv 2407.04491, section 3.
 */
export function smoothClip(u: number): number {
  const near = Math.min(Math.max(u, -far), far);
  const share = near / bound;
  return near / Math.sqrt(1 + share * share);
}

/** `v / √(1 − (v/3)²)`: undoes {@link smoothClip}; ±3 and what lies beyond become ±10⁹, where it leveled off. */
export function undoSmoothClip(v: number): number {
  const share = Math.min(1, Math.abs(v) / bound);
  return Math.sign(v) * Math.min(far, Math.abs(v) / Math.sqrt(1 - share * share));
}
