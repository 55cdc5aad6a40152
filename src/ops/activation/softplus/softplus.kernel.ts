import { expOfMinusAbs, sigmoidFrom, softplus, softplusFrom } from "../../../../kernels/numeric";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return softplus<T>(z);
}

// @ts-ignore: decorator
@inline
export function valueAndDerivative<T>(z: v128, A: usize, derivative: usize): void {
  const e = expOfMinusAbs<T>(z);
  v128.store(A, softplusFrom<T>(z, e));
  v128.store(derivative, sigmoidFrom<T>(z, e));
}
