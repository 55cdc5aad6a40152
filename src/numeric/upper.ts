/** The upper 26 bits of a number: products of two such halves are exact (Veltkamp's splitting). */
export function upper(a: number): number {
  const c = 134217729 * a; // 2²⁷ + 1
  return c - (c - a);
}
