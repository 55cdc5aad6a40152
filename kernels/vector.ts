/**
 * Vectors of T = f64 (two lanes) or f32 (four): the 128 bits a WebAssembly register holds.
 */

/** Lanes of a vector. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): i32 {
  return 16 / <i32>sizeof<T>();
}

/** The same constant in each lane. */
// @ts-ignore: decorator
@inline
export function constant<T>(value: f64): v128 {
  return v128.splat<T>(<T>value);
}

/** `sum + a · b`, rounded twice; once in the build with fused multiply-add. */
// @ts-ignore: decorator
@inline
export function multiplyAdd<T>(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, sum);
  return v128.add<T>(sum, v128.mul<T>(a, b));
}

/** The number at an address, in each lane. */
// @ts-ignore: decorator
@inline
export function loadSplat<T>(address: usize): v128 {
  return sizeof<T>() == 8 ? v128.load64_splat(address) : v128.load32_splat(address);
}

/** The sum of the lanes: of two, `a + b`; of four, `(a + c) + (b + d)`. */
// @ts-ignore: decorator
@inline
export function sumOfLanes<T>(x: v128): T {
  if (sizeof<T>() == 8) return <T>(f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1));
  const pairs = f32x4.add(x, i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return <T>(f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
}

/**
 * x, and 0 where x is subnormal: an average that decays without end, such as a dead unit's, would stay at the smallest
 * subnormal number for ever, and those are slow on many processors. NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function withoutSubnormals<T>(x: v128): v128 {
  return v128.andnot(x, v128.lt<T>(v128.abs<T>(x), leastNormal<T>()));
}

/** The same for x ≥ 0. */
// @ts-ignore: decorator
@inline
export function withoutPositiveSubnormals<T>(x: v128): v128 {
  return v128.andnot(x, v128.lt<T>(x, leastNormal<T>()));
}

// @ts-ignore: decorator
@inline
function leastNormal<T>(): v128 {
  return constant<T>(sizeof<T>() == 8 ? f64.MIN_NORMAL_VALUE : <f64>f32.MIN_NORMAL_VALUE);
}
