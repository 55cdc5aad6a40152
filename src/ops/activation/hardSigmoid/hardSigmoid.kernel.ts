import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  const line = v128.div<T>(v128.add<T>(z, constant<T>(3)), constant<T>(6));
  // In this order NaN stays NaN.
  const low = v128.bitselect(constant<T>(0), line, v128.le<T>(z, constant<T>(-3)));
  return v128.bitselect(constant<T>(1), low, v128.gt<T>(z, constant<T>(3)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  const within = v128.and(v128.gt<T>(z, constant<T>(-3)), v128.le<T>(z, constant<T>(3)));
  return v128.and(v128.mul<T>(dA, constant<T>(1.0 / 6.0)), within);
}
