import { constant, withoutPositiveSubnormals } from "./vector";

/**
 * The factors by which SiLU and Mish multiply z, and their derivatives: gates that open from 0 to 1 as z grows. GELU's is
 * in `normal.ts`.
 *
 * In f64 they take the steps of `src/numeric/` in the same order, so that the bits agree; there the methods are
 * explained. Results below the smallest normal number are 0, as in `exp`. What value and derivative share, `e^−|z|`, is an
 * argument of both.
 */

/** `z · gate`, and 0 where the gate is shut: at z = −∞ too, where the product would be NaN. */
// @ts-ignore: decorator
@inline
export function gated<T>(z: v128, gate: v128): v128 {
  return v128.and(v128.mul<T>(z, gate), v128.ne<T>(gate, constant<T>(0)));
}

/** `σ'(z) = q (1 − q)` with q = σ(−|z|), given e = e^−|z|. */
// @ts-ignore: decorator
@inline
export function sigmoidDerivativeFrom<T>(e: v128): v128 {
  const q = v128.div<T>(e, v128.add<T>(constant<T>(1), e));
  const small = v128.sub<T>(e, v128.mul<T>(q, v128.add<T>(e, q)));
  const large = v128.sub<T>(q, v128.mul<T>(q, q));
  return v128.bitselect(small, large, v128.lt<T>(e, constant<T>(0.25)));
}

/** `tanh(log(1 + eᶻ))` given e = e^−|z|. */
// @ts-ignore: decorator
@inline
export function tanhSoftplusFrom<T>(z: v128, e: v128): v128 {
  const square = v128.mul<T>(e, e);
  const one = constant<T>(1);
  const positive = v128.gt<T>(z, constant<T>(0));
  const n = v128.add<T>(twice<T>(e), v128.bitselect(one, square, positive));
  const ratio = v128.div<T>(n, v128.add<T>(n, twice<T>(v128.bitselect(square, one, positive))));
  const rest = v128.sub<T>(square, v128.mul<T>(n, ratio));
  const small = v128.add<T>(e, v128.mul<T>(constant<T>(0.5), rest));
  return v128.bitselect(small, ratio, v128.lt<T>(z, constant<T>(-1.2)));
}

/** The derivative of `tanh(log(1 + eᶻ))` given e = e^−|z|. */
// @ts-ignore: decorator
@inline
export function tanhSoftplusDerivativeFrom<T>(z: v128, e: v128): v128 {
  const square = v128.mul<T>(e, e);
  const one = constant<T>(1);
  const positive = v128.gt<T>(z, constant<T>(0));
  const small = v128.add<T>(twice<T>(e), v128.bitselect(twice<T>(square), square, positive));
  const sum = v128.add<T>(v128.bitselect(one, constant<T>(2), positive), small);
  const product = v128.mul<T>(v128.mul<T>(constant<T>(4), v128.bitselect(square, e, positive)), v128.add<T>(one, e));
  return withoutPositiveSubnormals<T>(v128.div<T>(product, v128.mul<T>(sum, sum)));
}

// @ts-ignore: decorator
@inline
function twice<T>(x: v128): v128 {
  return v128.mul<T>(constant<T>(2), x);
}
