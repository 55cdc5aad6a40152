import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  const size = v128.abs<T>(z);
  const inner = v128.div<T>(z, v128.add<T>(constant<T>(1), size));
  // ∞ / ∞ would be NaN.
  const limit = v128.bitselect(constant<T>(1), constant<T>(-1), v128.gt<T>(z, constant<T>(0)));
  return v128.bitselect(limit, inner, v128.eq<T>(size, constant<T>(Infinity)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  const inverse = v128.div<T>(constant<T>(1), v128.add<T>(constant<T>(1), v128.abs<T>(z)));
  return v128.mul<T>(dA, v128.mul<T>(inverse, inverse));
}
