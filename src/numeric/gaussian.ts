import { expm1Reduced, timesPowerOfTwo } from "./exp.js";
import { ln2High, ln2Low } from "./ln2.js";
import { upper } from "./upper.js";

/** `e^(−z²/2)` with an error below 1 ulp, the same in every JavaScript engine. */
export function gaussian(z: number): number {
  const { k, p } = gaussianParts(z);
  return timesPowerOfTwo(1 + p, k);
}

/**
 * `e^(−z²/2) = 2ᵏ (1 + p)`, as in `exp`.
 *
 * The rounding error of z² would cost up to z²/4 ulp; it is computed exactly and counts in the rest r.
 *
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971).
 */
export function gaussianParts(z: number): { k: number; p: number } {
  const t = Math.min(Math.abs(z), 38.62); // from here on it rounds to 0
  const square = t * t;
  const a = upper(t);
  const b = t - a;
  const squareLow = a * a - square + 2 * a * b + b * b;
  const x = -0.5 * square;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const rest = x - k * ln2High;
  const tail = k * ln2Low + 0.5 * squareLow;
  const r = rest - tail;
  return { k, p: expm1Reduced(r, rest - r - tail) };
}
