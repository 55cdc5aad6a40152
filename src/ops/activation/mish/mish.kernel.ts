import { gated, tanhSoftplusDerivativeFrom, tanhSoftplusFrom } from "../../../../kernels/gates";
import { expOfMinusAbs } from "../../../../kernels/numeric";

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return gated<T>(z, tanhSoftplusFrom<T>(z, expOfMinusAbs<T>(z)));
}

// @ts-ignore: decorator
@inline
export function valueAndDerivative<T>(z: v128, A: usize, derivative: usize): void {
  const e = expOfMinusAbs<T>(z);
  const gate = tanhSoftplusFrom<T>(z, e);
  v128.store(A, gated<T>(z, gate));
  v128.store(derivative, v128.add<T>(gate, gated<T>(z, tanhSoftplusDerivativeFrom<T>(z, e))));
}
