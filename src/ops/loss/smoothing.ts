/** A target with label smoothing s over so many classes: `(1 − s) y + s / classes`; y itself where s = 0. */
export function smoothed(s: number, classes: number): (y: number) => number {
  const kept = 1 - s;
  const spread = s / classes;
  return (y) => kept * y + spread;
}

/** `A − Y` with smoothed targets. */
export function smoothedFormula(s: number, classes: string): string {
  return s === 0 ? "A − Y" : `A − (${1 - s} Y + ${s}/${classes})`;
}
