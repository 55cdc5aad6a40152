import { gated, tanhSoftplusDerivativeFrom, tanhSoftplusFrom } from "../../../../kernels/gates";
import { expOfMinusAbs } from "../../../../kernels/numeric";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return gated<T>(z, tanhSoftplusFrom<T>(z, expOfMinusAbs<T>(z)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  const e = expOfMinusAbs<T>(z);
  const rest = gated<T>(z, tanhSoftplusDerivativeFrom<T>(z, e));
  return v128.mul<T>(dA, v128.add<T>(tanhSoftplusFrom<T>(z, e), rest));
}
