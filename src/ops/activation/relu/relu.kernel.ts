import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  // pmax(z, 0) is z where z is NaN; the other way round it would be 0.
  return v128.pmax<T>(z, constant<T>(0));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, a: v128): v128 {
  // a > 0 exactly where z > 0.
  return v128.and(dA, v128.gt<T>(a, constant<T>(0)));
}
