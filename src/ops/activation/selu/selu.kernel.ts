import { exp, expm1 } from "../../../../kernels/numeric";
import { constant } from "../../../../kernels/vector";

const LAMBDA: f64 = 1.0507009873554805;
const LAMBDA_ALPHA: f64 = 1.7580993408473768;

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  const below = v128.mul<T>(constant<T>(LAMBDA_ALPHA), expm1<T>(z));
  return v128.bitselect(below, v128.mul<T>(constant<T>(LAMBDA), z), v128.le<T>(z, constant<T>(0)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  const slope = v128.mul<T>(constant<T>(LAMBDA_ALPHA), exp<T>(z));
  return v128.mul<T>(dA, v128.bitselect(slope, constant<T>(LAMBDA), v128.le<T>(z, constant<T>(0))));
}
