import { constant } from "./vector";

/**
 * exp, expm1, log, log1p, tanh, the logistic function and softplus of all lanes at once, without a branch.
 *
 * In f64 they take the steps of `src/numeric/` in the same order, so that the bits agree; there the methods are
 * explained. In f32 the same methods need fewer terms. Results below the smallest normal number are 0: subnormal numbers
 * are 15 to 55 times slower on common processors.
 */

const LOG2E: f64 = 1.4426950408889634;

/** ln 2 in two parts; products of the first with the whole numbers that occur are exact. */
const LN2_HIGH_64: f64 = 0.6931471805598903;
const LN2_LOW_64: f64 = 5.497923018708371e-14;
const LN2_HIGH_32: f64 = 0.693359375;
const LN2_LOW_32: f64 = -2.1219444005469058e-4;

/** Arguments below give results that are no normal numbers. */
const SMALLEST_64: f64 = -708.39;
const SMALLEST_32: f64 = -87.33;

/** Arguments above give results that are above the largest number. */
const LARGEST_64: f64 = 709.782712893384;
const LARGEST_32: f64 = 88.72283172607422;

// @ts-ignore: decorator
@inline
export function ln2High<T>(): v128 {
  return constant<T>(sizeof<T>() == 8 ? LN2_HIGH_64 : LN2_HIGH_32);
}

// @ts-ignore: decorator
@inline
export function ln2Low<T>(): v128 {
  return constant<T>(sizeof<T>() == 8 ? LN2_LOW_64 : LN2_LOW_32);
}

/** The whole number nearest to `x log₂ e`. */
// @ts-ignore: decorator
@inline
export function nearestPower<T>(x: v128): v128 {
  return v128.floor<T>(v128.add<T>(v128.mul<T>(x, constant<T>(LOG2E)), constant<T>(0.5)));
}

/**
 * 2ᵏ for whole k within the range of normal numbers: adding 2⁵² (2²³) plus the exponent's bias leaves the biased exponent
 * in the lowest bits, from where it is shifted into place.
 */
// @ts-ignore: decorator
@inline
export function powerOfTwo<T>(k: v128): v128 {
  return sizeof<T>() == 8
    ? i64x2.shl(v128.add<T>(k, constant<T>(4503599627370496 + 1023)), 52)
    : i32x4.shl(v128.add<T>(k, constant<T>(8388608 + 127)), 23);
}

/** `eʳ − 1` for x reduced by k ln 2: |r| ≤ ½ ln 2. */
// @ts-ignore: decorator
@inline
function expm1Reduced<T>(x: v128, k: v128): v128 {
  const rest = v128.sub<T>(x, v128.mul<T>(k, ln2High<T>()));
  const kLow = v128.mul<T>(k, ln2Low<T>());
  const r = v128.sub<T>(rest, kLow);
  return expm1Series<T>(r, v128.sub<T>(v128.sub<T>(rest, r), kLow));
}

/** `eʳ − 1` for |r| ≤ ½ ln 2, r given as high and low part. */
// @ts-ignore: decorator
@inline
export function expm1Series<T>(r: v128, low: v128): v128 {
  const r2 = v128.mul<T>(r, r);
  const a = pairs<T>(r, r2, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120);
  const r4 = v128.mul<T>(r2, r2);
  let series: v128;
  if (sizeof<T>() == 8) {
    const b = pairs<T>(r, r2, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880);
    const c = pairs<T>(r, r2, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800);
    series = v128.add<T>(a, v128.mul<T>(r4, v128.add<T>(b, v128.mul<T>(r4, c))));
  } else {
    const b = v128.add<T>(constant<T>(1.0 / 720), v128.mul<T>(r, constant<T>(1.0 / 5040)));
    series = v128.add<T>(a, v128.mul<T>(r4, b));
  }
  return v128.add<T>(r, v128.add<T>(low, v128.mul<T>(r2, series)));
}

/** `c₀ + c₁ x + x² (c₂ + c₃ x)` */
// @ts-ignore: decorator
@inline
export function pairs<T>(x: v128, x2: v128, c0: f64, c1: f64, c2: f64, c3: f64): v128 {
  const head = v128.add<T>(constant<T>(c0), v128.mul<T>(x, constant<T>(c1)));
  const tail = v128.add<T>(constant<T>(c2), v128.mul<T>(x, constant<T>(c3)));
  return v128.add<T>(head, v128.mul<T>(x2, tail));
}

/** `eˣ` for x ≤ 40: softmax, the logistic function and tanh need no more. 0 where it is below the normal numbers. */
// @ts-ignore: decorator
@inline
export function exp<T>(x: v128): v128 {
  const smallest = constant<T>(sizeof<T>() == 8 ? SMALLEST_64 : SMALLEST_32);
  // pmax(x, c) is x where x is NaN, and so is what follows.
  const clamped = v128.pmax<T>(x, smallest);
  const k = nearestPower<T>(clamped);
  const y = v128.mul<T>(v128.add<T>(constant<T>(1), expm1Reduced<T>(clamped, k)), powerOfTwo<T>(k));
  return v128.andnot(y, v128.lt<T>(x, smallest));
}

/** `eˣ` for any x: infinite where it is above the largest number, 0 where it is below the normal numbers. */
// @ts-ignore: decorator
@inline
export function exponential<T>(x: v128): v128 {
  const smallest = constant<T>(sizeof<T>() == 8 ? SMALLEST_64 : SMALLEST_32);
  const largest = constant<T>(sizeof<T>() == 8 ? LARGEST_64 : LARGEST_32);
  // pmax(x, c) is x where x is NaN, and pmin(y, c) then is y.
  const clamped = v128.pmin<T>(v128.pmax<T>(x, smallest), largest);
  const k = nearestPower<T>(clamped);
  // 2ᵏ may be above the largest number where eˣ is not: then it is taken as 2ᵏ⁻¹ · 2.
  const one = constant<T>(1);
  const twice = v128.and(one, v128.gt<T>(k, one));
  const half = v128.mul<T>(v128.add<T>(one, expm1Reduced<T>(clamped, k)), powerOfTwo<T>(v128.sub<T>(k, twice)));
  const y = v128.mul<T>(half, v128.add<T>(one, twice));
  const bounded = v128.bitselect(constant<T>(Infinity), y, v128.gt<T>(x, largest));
  return v128.andnot(bounded, v128.lt<T>(x, smallest));
}

/** `eˣ − 1` for x ≤ 40: ELU and SELU need x ≤ 0 alone. */
// @ts-ignore: decorator
@inline
export function expm1<T>(x: v128): v128 {
  // From here downwards it rounds to −1. pmax(x, c) is x where x is NaN.
  const y = v128.pmax<T>(x, constant<T>(sizeof<T>() == 8 ? -40 : -20));
  const k = nearestPower<T>(y);
  const power = powerOfTwo<T>(k);
  // The difference of powers is exact, so that small results keep their digits.
  const m = v128.add<T>(v128.mul<T>(power, expm1Reduced<T>(y, k)), v128.sub<T>(power, constant<T>(1)));
  // x + x²/2 rounds to x.
  const tiny = constant<T>(sizeof<T>() == 8 ? 5.551115123125783e-17 : 2.9802322387695312e-8);
  return v128.bitselect(x, m, v128.lt<T>(v128.abs<T>(x), tiny));
}

/** `log(1 + x)` for 0 ≤ x ≤ 1. */
// @ts-ignore: decorator
@inline
export function log1p<T>(x: v128): v128 {
  const half = constant<T>(0.5);
  const halved = v128.gt<T>(x, half);
  const f = v128.bitselect(v128.mul<T>(v128.sub<T>(x, constant<T>(1)), half), x, halved);
  const s = v128.div<T>(f, v128.add<T>(constant<T>(2), f));
  const z = v128.mul<T>(s, s);
  const z2 = v128.mul<T>(z, z);
  let series = pairs<T>(z, z2, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9);
  if (sizeof<T>() == 8) {
    const z4 = v128.mul<T>(z2, z2);
    const tail = v128.add<T>(
      v128.add<T>(constant<T>(1.0 / 19), v128.mul<T>(z, constant<T>(1.0 / 21))),
      v128.mul<T>(z2, constant<T>(1.0 / 23)),
    );
    const high = v128.add<T>(pairs<T>(z, z2, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17), v128.mul<T>(z4, tail));
    series = v128.add<T>(series, v128.mul<T>(z4, high));
  }
  const R = v128.mul<T>(v128.mul<T>(constant<T>(2), z), series);
  const product = v128.mul<T>(s, v128.sub<T>(f, R));
  const whole = v128.sub<T>(f, product);
  const withLn2 = v128.add<T>(ln2High<T>(), v128.sub<T>(f, v128.sub<T>(product, ln2Low<T>())));
  return v128.bitselect(withLn2, whole, halved);
}

/** `log x` for x ≥ 1: `k ln 2 + log(1 + f)` with x = 2ᵏ (1 + f). */
// @ts-ignore: decorator
@inline
export function log<T>(x: v128): v128 {
  let k: v128;
  let fraction: v128;
  if (sizeof<T>() == 8) {
    k = f64x2.sub(v128.or(i64x2.shr_u(x, 52), f64x2.splat(4503599627370496)), f64x2.splat(4503599627370496 + 1023));
    fraction = v128.or(v128.and(x, i64x2.splat(0xfffffffffffff)), f64x2.splat(1));
  } else {
    k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
    fraction = v128.or(v128.and(x, i32x4.splat(0x7fffff)), f32x4.splat(1));
  }
  const f = v128.sub<T>(fraction, constant<T>(1));
  const value = v128.add<T>(v128.mul<T>(k, ln2High<T>()), v128.add<T>(log1p<T>(f), v128.mul<T>(k, ln2Low<T>())));
  // x − x is 0, or NaN where x is not finite.
  return v128.add<T>(value, v128.sub<T>(x, x));
}

/** `tanh x = m / (m + 2)` with `m = e^(2|x|) − 1`, and the sign of x. */
// @ts-ignore: decorator
@inline
export function tanh<T>(x: v128): v128 {
  const one = constant<T>(1);
  const doubled = v128.mul<T>(constant<T>(2), v128.abs<T>(x));
  // From here on tanh rounds to 1. pmin(y, c) is y where y is NaN.
  const y = v128.pmin<T>(doubled, constant<T>(sizeof<T>() == 8 ? 40 : 20));
  const k = nearestPower<T>(y);
  const p = expm1Reduced<T>(y, k);
  const power = powerOfTwo<T>(k);
  let m: v128;
  if (sizeof<T>() == 8) {
    const large = v128.sub<T>(v128.mul<T>(v128.add<T>(one, p), power), one);
    m = v128.bitselect(p, large, v128.lt<T>(y, constant<T>(0.34)));
  } else {
    // The difference of powers is exact, so p keeps its digits.
    m = v128.add<T>(v128.mul<T>(power, p), v128.sub<T>(power, one));
  }
  const size = v128.div<T>(m, v128.add<T>(m, constant<T>(2)));
  const sign = sizeof<T>() == 8 ? i64x2.splat(i64.MIN_VALUE) : i32x4.splat(i32.MIN_VALUE);
  const signed = v128.or(size, v128.and(x, sign));
  // x − x³/3 rounds to x.
  return v128.bitselect(x, signed, v128.lt<T>(doubled, constant<T>(sizeof<T>() == 8 ? 7.450580596923828e-9 : 2.44140625e-4)));
}

/** `1 / (1 + e⁻ᶻ)` given e^−|z|, so that nothing overflows. */
// @ts-ignore: decorator
@inline
export function sigmoidFrom<T>(z: v128, e: v128): v128 {
  const one = constant<T>(1);
  const numerator = v128.bitselect(one, e, v128.ge<T>(z, constant<T>(0)));
  return v128.div<T>(numerator, v128.add<T>(one, e));
}

/** `1 / (1 + e⁻ᶻ)` */
// @ts-ignore: decorator
@inline
export function sigmoid<T>(z: v128): v128 {
  return sigmoidFrom<T>(z, expOfMinusAbs<T>(z));
}

/** `e^−|z|`, of which the logistic function, softplus and the gates are made. */
// @ts-ignore: decorator
@inline
export function expOfMinusAbs<T>(z: v128): v128 {
  return exp<T>(v128.neg<T>(v128.abs<T>(z)));
}

/** `log(1 + eᶻ)` given e^−|z|. */
// @ts-ignore: decorator
@inline
export function softplusFrom<T>(z: v128, e: v128): v128 {
  // pmax(z, 0) is z where z is NaN.
  return v128.add<T>(v128.pmax<T>(z, constant<T>(0)), log1p<T>(e));
}

/** `log(1 + eᶻ)` */
// @ts-ignore: decorator
@inline
export function softplus<T>(z: v128): v128 {
  return softplusFrom<T>(z, expOfMinusAbs<T>(z));
}
