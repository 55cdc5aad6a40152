import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  const low = v128.bitselect(constant<T>(-1), z, v128.le<T>(z, constant<T>(-1)));
  return v128.bitselect(constant<T>(1), low, v128.gt<T>(z, constant<T>(1)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  const within = v128.and(v128.gt<T>(z, constant<T>(-1)), v128.le<T>(z, constant<T>(1)));
  return v128.and(dA, within);
}
