import { sigmoid, softplus } from "../../../../kernels/numeric";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return softplus<T>(z);
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  return v128.mul<T>(dA, sigmoid<T>(z));
}
