import { expm1Series, ln2High, ln2Low, nearestPower, pairs, powerOfTwo } from "./numeric";
import { constant, withoutPositiveSubnormals } from "./vector";

/**
 * The standard normal distribution, by which GELU multiplies z, its density and `e^(−z²/2)`, of all lanes at once.
 *
 * In f64 they take the steps of `src/numeric/` in the same order, so that the bits agree; there the methods are
 * explained. In f32 fewer terms suffice. Results below the smallest normal number are 0, as in `exp`.
 */

/** Beyond them `e^(−z²/2)` is no normal number. */
const LARGEST_64: f64 = 37.6404;
const LARGEST_32: f64 = 13.2163;

// @ts-ignore: decorator
@inline
function largest<T>(): v128 {
  return constant<T>(sizeof<T>() == 8 ? LARGEST_64 : LARGEST_32);
}

/** |z|, at most the largest. pmin(t, c) is t where t is NaN. */
// @ts-ignore: decorator
@inline
function clampedSize<T>(z: v128): v128 {
  return v128.pmin<T>(v128.abs<T>(z), largest<T>());
}

/** k of `e^(−t²/2) = 2ᵏ (1 + p)`. */
// @ts-ignore: decorator
@inline
function power<T>(t: v128): v128 {
  return nearestPower<T>(v128.mul<T>(constant<T>(-0.5), v128.mul<T>(t, t)));
}

/** p of `e^(−t²/2) = 2ᵏ (1 + p)`; the rounding error of t² counts in the rest r. */
// @ts-ignore: decorator
@inline
function fraction<T>(t: v128, k: v128): v128 {
  const half = constant<T>(0.5);
  const square = v128.mul<T>(t, t);
  // The upper half of the digits of t: Veltkamp's splitting by 2²⁷ + 1 or 2¹² + 1.
  const c = v128.mul<T>(constant<T>(sizeof<T>() == 8 ? 134217729 : 4097), t);
  const a = v128.sub<T>(c, v128.sub<T>(c, t));
  const b = v128.sub<T>(t, a);
  const aa = v128.sub<T>(v128.mul<T>(a, a), square);
  const ab = v128.mul<T>(v128.mul<T>(constant<T>(2), a), b);
  const squareLow = v128.add<T>(v128.add<T>(aa, ab), v128.mul<T>(b, b));
  const rest = v128.sub<T>(v128.mul<T>(constant<T>(-0.5), square), v128.mul<T>(k, ln2High<T>()));
  const tail = v128.add<T>(v128.mul<T>(k, ln2Low<T>()), v128.mul<T>(half, squareLow));
  const r = v128.sub<T>(rest, tail);
  return expm1Series<T>(r, v128.sub<T>(v128.sub<T>(rest, r), tail));
}

/** `e^(−t²/2)` for t from 0 to the largest. */
// @ts-ignore: decorator
@inline
function gaussianOf<T>(t: v128): v128 {
  const k = power<T>(t);
  return v128.mul<T>(v128.add<T>(constant<T>(1), fraction<T>(t, k)), powerOfTwo<T>(k));
}

/** `e^(−z²/2)` */
// @ts-ignore: decorator
@inline
export function gaussian<T>(z: v128): v128 {
  const t = clampedSize<T>(z);
  return v128.andnot(gaussianOf<T>(t), v128.gt<T>(v128.abs<T>(z), largest<T>()));
}

/** `φ(z) = e^(−z²/2) / √(2π)` */
// @ts-ignore: decorator
@inline
export function normalDensity<T>(z: v128): v128 {
  const t = clampedSize<T>(z);
  // Beyond the largest |z| this is no normal number either: nothing is to be left out before.
  const y = gaussianOf<T>(t);
  return withoutPositiveSubnormals<T>(v128.mul<T>(y, constant<T>(0.3989422804014327)));
}

/** `Φ(z)`, the integral of φ from −∞ to z. */
// @ts-ignore: decorator
@inline
export function normalCdf<T>(z: v128): v128 {
  const t = clampedSize<T>(z);
  const one = constant<T>(1);
  const k = power<T>(t);
  const p = fraction<T>(t, k);
  const w = v128.div<T>(t, v128.add<T>(t, constant<T>(4)));
  const twiceQ = v128.mul<T>(constant<T>(2), v128.mul<T>(w, normalSeries<T>(v128.sub<T>(w, constant<T>(0.75)))));
  const sum = v128.add<T>(one, t);
  const inverse = v128.div<T>(one, sum);
  const lost = v128.sub<T>(t, v128.sub<T>(sum, one));
  const x = v128.sub<T>(twiceQ, v128.mul<T>(lost, inverse));
  const y = v128.add<T>(p, v128.mul<T>(x, v128.add<T>(one, p)));
  const scaled = v128.mul<T>(constant<T>(0.5), v128.add<T>(inverse, v128.mul<T>(inverse, y)));
  const tail = withoutPositiveSubnormals<T>(v128.mul<T>(scaled, powerOfTwo<T>(k)));
  return v128.bitselect(tail, v128.sub<T>(one, tail), v128.lt<T>(z, constant<T>(0)));
}

/** Q of `src/numeric/normalCdf.ts` at s = w − ¾. */
// @ts-ignore: decorator
@inline
function normalSeries<T>(s: v128): v128 {
  const s2 = v128.mul<T>(s, s);
  const s4 = v128.mul<T>(s2, s2);
  if (sizeof<T>() == 8) {
    const a = pairs<T>(s, s2, -0.09433783466161473, -0.0680241006383046, 0.23155946040148134, -0.3413628835717312);
    const b = pairs<T>(s, s2, 0.35036658755789046, -0.2508044396390094, 0.09139893741032173, 0.04206311067079987);
    const c = pairs<T>(s, s2, -0.08196804718597235, 0.032092132956355546, 0.034054893928002594, -0.04266572289708996);
    const d = pairs<T>(s, s2, -0.004833627179992835, 0.03817354030161305, -0.009959384666575625, -0.03191929394395722);
    const e = pairs<T>(s, s2, 0.010290411261259257, -0.02359288632525956, -0.17567449046259154, -0.291298849084622);
    const f = pairs<T>(s, s2, -0.2548079637726105, -0.1320552087348883, -0.03884227459317608, -0.005058095667796811);
    const upper = v128.add<T>(d, v128.mul<T>(s4, v128.add<T>(e, v128.mul<T>(s4, f))));
    const middle = v128.add<T>(b, v128.mul<T>(s4, v128.add<T>(c, v128.mul<T>(s4, upper))));
    return v128.add<T>(a, v128.mul<T>(s4, middle));
  }
  const a = pairs<T>(s, s2, -0.0943378345642962, -0.06802409851967373, 0.23155885972267706, -0.34138698503546283);
  const b = pairs<T>(s, s2, 0.349995278723653, -0.25380611864504815, 0.07723375456506967, 0.0020431702373990453);
  const c = pairs<T>(s, s2, -0.14546851742065292, -0.005389119436273695, 0.07411567805365728, 0.02799151238978181);
  return v128.add<T>(a, v128.mul<T>(s4, v128.add<T>(b, v128.mul<T>(s4, c))));
}
