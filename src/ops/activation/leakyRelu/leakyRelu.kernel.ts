import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128, slope: v128): v128 {
  return v128.bitselect(v128.mul<T>(slope, z), z, v128.le<T>(z, constant<T>(0)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, a: v128, slope: v128): v128 {
  return v128.bitselect(dA, v128.mul<T>(slope, dA), v128.gt<T>(a, constant<T>(0)));
}
