import { gated, sigmoidDerivativeFrom } from "../../../../kernels/gates";
import { expOfMinusAbs, sigmoid, sigmoidFrom } from "../../../../kernels/numeric";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return gated<T>(z, sigmoid<T>(z));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  const e = expOfMinusAbs<T>(z);
  return v128.mul<T>(dA, v128.add<T>(sigmoidFrom<T>(z, e), gated<T>(z, sigmoidDerivativeFrom<T>(e))));
}
