import { gated } from "../../../../kernels/gates";
import { normalCdf, normalDensity } from "../../../../kernels/normal";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return gated<T>(z, normalCdf<T>(z));
}

// @ts-ignore: decorator
@inline
export function valueAndDerivative<T>(z: v128, A: usize, derivative: usize): void {
  // The compiler takes once what both are made of, the exponential among it.
  const cdf = normalCdf<T>(z);
  v128.store(A, gated<T>(z, cdf));
  v128.store(derivative, v128.add<T>(cdf, gated<T>(z, normalDensity<T>(z))));
}
