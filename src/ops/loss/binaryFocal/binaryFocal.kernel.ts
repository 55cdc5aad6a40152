import { exp, expOfMinusAbs, log1p, sigmoidFrom } from "../../../../kernels/numeric";
import { constant, sumOfLanes } from "../../../../kernels/vector";

/**
 * `ℓ = αₜ q^γ log(1 + e^−s)` and `dZ = −(2y − 1) αₜ q^γ (γ p log(1 + e^−s) + q)`, with s = (2y − 1) z, p = σ(s), q = σ(−s) and
 * `q^γ = e^(−γ log(1 + e^s))`.
 */
export function head<T>(
  Z: usize,
  A: usize,
  Y: usize,
  w: usize,
  dZ: usize,
  units: i32,
  stride: usize,
  vectors: i32,
  gradient: bool,
  weighted: bool,
  options: usize,
): f64 {
  const bytes = <usize>vectors << 4;
  const gamma = constant<T>(load<f64>(options));
  const alpha = constant<T>(load<f64>(options, 8));
  const other = constant<T>(1 - load<f64>(options, 8));
  const zero = constant<T>(0);
  const one = constant<T>(1);
  const minusOne = constant<T>(-1);
  let total = zero;
  for (let i = 0; i < units; i++) {
    for (let x: usize = 0; x < bytes; x += 16) {
      const z = v128.load(Z + x);
      const weight = v128.load(w + x);
      const positive = v128.eq<T>(v128.load(Y + x), one);
      const sign = v128.bitselect(one, minusOne, positive);
      const s = v128.mul<T>(sign, z);
      const minusS = v128.neg<T>(s);
      const e = expOfMinusAbs<T>(z);
      const l = log1p<T>(e);
      const surprise = v128.add<T>(v128.pmax<T>(minusS, zero), l); // −log p; pmax(x, 0) is x where x is NaN
      const power = exp<T>(v128.mul<T>(v128.neg<T>(gamma), v128.add<T>(v128.pmax<T>(s, zero), l)));
      const factor = v128.mul<T>(v128.mul<T>(weight, v128.bitselect(alpha, other, positive)), power);
      total = v128.add<T>(total, v128.mul<T>(factor, surprise));
      v128.store(A + x, sigmoidFrom<T>(z, e));
      if (gradient) {
        const p = sigmoidFrom<T>(s, e);
        const slope = v128.add<T>(v128.mul<T>(gamma, v128.mul<T>(p, surprise)), sigmoidFrom<T>(minusS, e));
        v128.store(dZ + x, v128.neg<T>(v128.mul<T>(v128.mul<T>(sign, factor), slope)));
      }
    }
    Z += stride;
    A += stride;
    dZ += stride;
    Y += stride;
  }
  return <f64>sumOfLanes<T>(total);
}
