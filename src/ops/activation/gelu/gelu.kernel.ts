import { gated } from "../../../../kernels/gates";
import { normalCdf, normalDensity } from "../../../../kernels/normal";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return gated<T>(z, normalCdf<T>(z));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  return v128.mul<T>(dA, v128.add<T>(normalCdf<T>(z), gated<T>(z, normalDensity<T>(z))));
}
