import { tanh } from "../../../../kernels/numeric";
import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return tanh<T>(z);
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, a: v128): v128 {
  return v128.mul<T>(dA, v128.sub<T>(constant<T>(1), v128.mul<T>(a, a)));
}
