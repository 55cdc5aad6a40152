import { exponential } from "../../../../kernels/numeric";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return exponential<T>(z);
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, a: v128): v128 {
  return v128.mul<T>(dA, a);
}
