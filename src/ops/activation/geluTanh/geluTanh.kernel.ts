import { gated, sigmoidDerivativeFrom } from "../../../../kernels/gates";
import { expOfMinusAbs, sigmoid, sigmoidFrom } from "../../../../kernels/numeric";
import { constant } from "../../../../kernels/vector";

/** √(2/π) */
const ROOT: f64 = 0.7978845608028654;
const CUBIC: f64 = 0.044715;

// @ts-ignore: decorator
@inline
function twiceU<T>(z: v128): v128 {
  const cube = v128.mul<T>(v128.mul<T>(v128.mul<T>(constant<T>(CUBIC), z), z), z);
  return v128.mul<T>(constant<T>(2 * ROOT), v128.add<T>(z, cube));
}

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return gated<T>(z, sigmoid<T>(twiceU<T>(z)));
}

// @ts-ignore: decorator
@inline
export function valueAndDerivative<T>(z: v128, A: usize, derivative: usize): void {
  const v = twiceU<T>(z);
  const e = expOfMinusAbs<T>(v);
  const gate = sigmoidFrom<T>(v, e);
  const square = v128.mul<T>(v128.mul<T>(constant<T>(3 * CUBIC), z), z);
  const slope = v128.mul<T>(constant<T>(2 * ROOT), v128.add<T>(constant<T>(1), square));
  v128.store(A, gated<T>(z, gate));
  v128.store(derivative, v128.add<T>(gate, gated<T>(v128.mul<T>(z, slope), sigmoidDerivativeFrom<T>(e))));
}
