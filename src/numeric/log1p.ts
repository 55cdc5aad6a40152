import { ln2High, ln2Low } from "./ln2.js";

/**
 * `log(1 + x)` for 0 ≤ x ≤ 1 with an error below 1 ulp, the same in every JavaScript engine.
 *
 * With `f = x`, or `f = (x − 1)/2` and ln 2 added where x is above ½, and `s = f / (2 + f)`:
 * `log(1 + f) = 2 artanh s = f − s (f − R)`, `R = 2 (s²/3 + s⁴/5 + s⁶/7 + …)`; the product is small beside f, and so is
 * its rounding.
 */
export function log1p(x: number): number {
  const halved = x > 0.5;
  const f = halved ? (x - 1) / 2 : x; // exact, since ½ < x ≤ 1
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const low = 1 / 3 + z * (1 / 5) + z2 * (1 / 7 + z * (1 / 9));
  const high = 1 / 11 + z * (1 / 13) + z2 * (1 / 15 + z * (1 / 17)) + z4 * (1 / 19 + z * (1 / 21) + z2 * (1 / 23));
  const R = 2 * z * (low + z4 * high);
  return halved ? ln2High + (f - (s * (f - R) - ln2Low)) : f - s * (f - R);
}
