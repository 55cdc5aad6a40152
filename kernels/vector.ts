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
