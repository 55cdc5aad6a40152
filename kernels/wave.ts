import { pairs } from "./numeric";
import { constant } from "./vector";

/**
 * Cosine and sine of x radians in all lanes at once, without a branch: `x = k π/2 + r` with |r| ≤ π/4, then the Taylor
 * series of both at r, which change places and signs by quadrant.
 *
 * The first two of the three parts of π/2 have so few bits that their products with k are exact: for |x| < 10⁶ in f64
 * and |x| < 6,000 in f32 the error stays below 1 ulp of 1 (2⁻⁵³ and 2⁻²⁴). NaN where x is not finite.
 */

const TWO_BY_PI: f64 = 0.6366197723675814;

const QUARTER1_64: f64 = 1.5707963267341256;
const QUARTER2_64: f64 = 6.077100506303966e-11;
const QUARTER3_64: f64 = 2.0222662487959506e-21;
const QUARTER1_32: f64 = 1.5703125;
const QUARTER2_32: f64 = 0.0004837512969970703;
const QUARTER3_32: f64 = 7.549790126404332e-8;

/** Stores cos x, and sin x where it has an address. */
// @ts-ignore: decorator
@inline
export function wave<T>(x: v128, cosineAt: usize, sineAt: usize): void {
  const one = constant<T>(1);
  const k = v128.nearest<T>(v128.mul<T>(x, constant<T>(TWO_BY_PI)));
  const head = v128.sub<T>(x, v128.mul<T>(k, constant<T>(sizeof<T>() == 8 ? QUARTER1_64 : QUARTER1_32)));
  const rest = v128.sub<T>(head, v128.mul<T>(k, constant<T>(sizeof<T>() == 8 ? QUARTER2_64 : QUARTER2_32)));
  const last = v128.mul<T>(k, constant<T>(sizeof<T>() == 8 ? QUARTER3_64 : QUARTER3_32));
  const r = v128.sub<T>(rest, last);
  const low = v128.sub<T>(v128.sub<T>(rest, r), last);
  const z = v128.mul<T>(r, r);

  // r − r³/3! + r⁵/5! − …, the rest of r added last
  const sine = v128.add<T>(r, v128.add<T>(low, v128.mul<T>(v128.mul<T>(r, z), sineSeries<T>(z))));
  // 1 − r²/2 exactly in two parts, + r⁴/4! − …
  const half = v128.mul<T>(z, constant<T>(0.5));
  const whole = v128.sub<T>(one, half);
  const lost = v128.sub<T>(v128.sub<T>(one, whole), half);
  const tail = v128.sub<T>(v128.mul<T>(v128.mul<T>(z, z), cosineSeries<T>(z)), v128.mul<T>(r, low));
  const cosine = v128.add<T>(whole, v128.add<T>(lost, tail));

  const quadrant = v128.sub<T>(k, v128.mul<T>(constant<T>(4), v128.floor<T>(v128.mul<T>(k, constant<T>(0.25)))));
  const isOne = v128.eq<T>(quadrant, one);
  const isTwo = v128.eq<T>(quadrant, constant<T>(2));
  const isThree = v128.eq<T>(quadrant, constant<T>(3));
  const odd = v128.or(isOne, isThree);
  const c = v128.bitselect(sine, cosine, odd);
  v128.store(cosineAt, v128.bitselect(v128.neg<T>(c), c, v128.or(isOne, isTwo)));
  if (sineAt == 0) return;
  const s = v128.bitselect(cosine, sine, odd);
  v128.store(sineAt, v128.bitselect(v128.neg<T>(s), s, v128.or(isTwo, isThree)));
}

/** `(sin r − r) / r³` in z = r². */
// @ts-ignore: decorator
@inline
function sineSeries<T>(z: v128): v128 {
  const z2 = v128.mul<T>(z, z);
  const head = pairs<T>(z, z2, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880);
  if (sizeof<T>() == 4) return head;
  const end = pairs<T>(z, z2, -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000);
  return v128.add<T>(head, v128.mul<T>(v128.mul<T>(z2, z2), end));
}

/** `(cos r − 1 + r²/2) / r⁴` in z = r². */
// @ts-ignore: decorator
@inline
function cosineSeries<T>(z: v128): v128 {
  const z2 = v128.mul<T>(z, z);
  const head = pairs<T>(z, z2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800);
  if (sizeof<T>() == 4) return head;
  const end = pairs<T>(z, z2, 1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000, -1.0 / 6402373705728000);
  return v128.add<T>(head, v128.mul<T>(v128.mul<T>(z2, z2), end));
}
