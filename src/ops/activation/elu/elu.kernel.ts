import { exp, expm1 } from "../../../../kernels/numeric";
import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128, alpha: v128): v128 {
  return v128.bitselect(v128.mul<T>(alpha, expm1<T>(z)), z, v128.le<T>(z, constant<T>(0)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128, alpha: v128): v128 {
  const slope = v128.mul<T>(alpha, exp<T>(z));
  return v128.mul<T>(dA, v128.bitselect(slope, constant<T>(1), v128.le<T>(z, constant<T>(0))));
}
