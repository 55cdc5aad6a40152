import { exp, expm1Reduced, timesPowerOfTwo } from "./exp.js";
import { ln2High, ln2Low } from "./ln2.js";

/**
 * `eˣ − 1` with an error below 2 ulp, also near 0, the same in every JavaScript engine.
 *
 * With x = k ln 2 + r as in `exp`, it is `2ᵏ (eʳ − 1) + (2ᵏ − 1)`; the difference of powers is exact.
 */
export function expm1(x: number): number {
  if (!(x <= 40)) return exp(x) - 1; // NaN too
  if (Math.abs(x) < 2 ** -54) return x; // x + x²/2 rounds to x, and −0 stays −0
  const y = Math.max(x, -40); // e⁻⁴⁰ − 1 rounds to −1
  const k = Math.floor(y * Math.LOG2E + 0.5);
  const rest = y - k * ln2High;
  const r = rest - k * ln2Low;
  const power = timesPowerOfTwo(1, k);
  return power * expm1Reduced(r, rest - r - k * ln2Low) + (power - 1);
}
