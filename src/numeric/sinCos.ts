/** π/2 in three parts; the first two have 33 bits, so that their products with a whole number below 2²⁰ are exact. */
const quarter1 = 1.5707963267341256;
const quarter2 = 6.077100506303966e-11;
const quarter3 = 2.0222662487959506e-21;

/**
 * The sine of x radians, |x| < 10⁶, with an error below 1 ulp (of 1, near the multiples of π), the same in every
 * JavaScript engine.
 *
 * `x = k π/2 + r` with |r| ≤ π/4, then the Taylor series of sine or cosine at r.
 */
export function sin(x: number): number {
  return quadrant(x, 0);
}

/** The cosine of x radians: see `sin`. */
export function cos(x: number): number {
  return quadrant(x, 1);
}

/** sin(x + turn · π/2). */
function quadrant(x: number, turn: number): number {
  const k = Math.floor(x * (2 / Math.PI) + 0.5);
  const head = x - k * quarter1 - k * quarter2;
  const r = head - k * quarter3;
  const low = head - r - k * quarter3;
  const value = (k + turn) % 2 === 0 ? sine(r, low) : cosine(r, low);
  // Quadrants 2 and 3 have the opposite sign; & works on negative k as well.
  return ((k + turn) & 2) === 0 ? value : -value;
}

function sine(r: number, low: number): number {
  const z = r * r;
  let series = 0;
  for (let n = 19; n >= 5; n -= 2) series = (z / (n * (n - 1))) * (1 - series);
  return r + (low - (r * z * (1 - series)) / 6);
}

function cosine(r: number, low: number): number {
  const z = r * r;
  let series = 0;
  for (let n = 18; n >= 6; n -= 2) series = (z / (n * (n - 1))) * (1 - series);
  const half = z / 2;
  const head = 1 - half;
  return head + (1 - head - half + ((z * z * (1 - series)) / 24 - r * low));
}
