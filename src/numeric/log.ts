import { ln2High, ln2Low } from "./ln2.js";
import { upper } from "./upper.js";

/**
 * Natural logarithm, rounded correctly but for about one argument in ten million.
 *
 * `Math.log` may be off by an ulp and differs from one JavaScript engine to the next, and then so would every number
 * drawn with it. Here `x = 2ᵏ m` with m in [√½, √2), `s = (m − 1)/(m + 1)`, `z = s²` and
 *
 * `log x = k ln 2 + 2 artanh s = k ln 2 + 2 s (1 + z/3 + z²/5 + z³/7 + …)`
 *
 * Every part that reaches the last bit is carried as an unevaluated sum of two float64, `high + low`.
 *
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971).
 */
export function log(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return Math.log(x); // 0, ∞, NaN and negative numbers
  let k = 0;
  if (x < 2 ** -1022) {
    x *= 2 ** 54; // subnormal numbers have no implicit leading 1
    k = -54;
  }
  bits.setFloat64(0, x);
  const head = bits.getUint32(0);
  k += (head >>> 20) - 1023;
  bits.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0); // in [1, 2)
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }

  // s = (m − 1) / (m + 1): m − 1 is exact; what the division leaves over gives the low part.
  const sum = m + 1;
  const sumLow = m - (sum - 1);
  const s = (m - 1) / sum;
  const sA = upper(s);
  const sB = s - sA;
  const sumA = upper(sum);
  const sumB = sum - sumA;
  const back = s * sum;
  const backLow = sA * sumA - back + sA * sumB + sB * sumA + sB * sumB;
  const sLow = (m - 1 - back - backLow - s * sumLow) / sum;

  // z = s²
  const z = s * s;
  const zLow = sA * sA - z + 2 * sA * sB + sB * sB + 2 * s * sLow;
  const zA = upper(z);
  const zB = z - zA;

  // Horner's rule: float64 is enough from z⁴/9 on, which is below 2⁻²³.
  let high = 0;
  for (let n = 29; n >= 9; n -= 2) high = 1 / n + z * high;
  let low = 0;
  for (let i = 0; i < leading.length; i += 2) {
    // (high, low) := leading term + z (high, low)
    const product = z * high;
    const highA = upper(high);
    const highB = high - highA;
    low = zA * highA - product + zA * highB + zB * highA + zB * highB + z * low + zLow * high;
    high = leading[i] + product;
    low += leading[i] - high + product + leading[i + 1];
  }

  // 2 s (high + low) + k ln 2
  const half = s * high;
  const highA = upper(high);
  const highB = high - highA;
  const halfLow = sA * highA - half + sA * highB + sB * highA + sB * highB + s * low + sLow * high;
  const power = k * ln2High; // exact
  const result = power + 2 * half;
  return result + (power - result + 2 * half + 2 * halfLow + k * ln2Low);
}

const bits = new DataView(new ArrayBuffer(8));

/** 1/7, 1/5, 1/3 and 1, each as high and low part. */
const leading = [1 / 7, 7.93016446160826e-18, 1 / 5, -1.1102230246251566e-17, 1 / 3, 1.850371707708594e-17, 1, 0];
