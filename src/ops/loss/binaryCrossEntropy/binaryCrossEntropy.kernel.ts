import { exp, log, log1p, sigmoidFrom } from "../../../../kernels/numeric";
import { constant, sumOfLanes } from "../../../../kernels/vector";

/**
 * `ℓ = max(z, 0) − z y + log(1 + e^−|z|)`, with smoothed targets `(1 − s) y + s/2` for y.
 *
 * Where all examples weigh 1, the logarithms of a row are taken at once: `Σ log(1 + eⱼ) = log(1 + u)` with
 * `u = Π(1 + eⱼ) − 1`, built up by `u := u + e + u e`, which loses nothing where all e are small. A row of up to 64
 * vectors cannot overflow, since no factor exceeds 2.
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
  const zero = constant<T>(0);
  const smoothed = load<f64>(options) != 0;
  const kept = constant<T>(1 - load<f64>(options));
  const spread = constant<T>(load<f64>(options) / 2);
  const bytes = <usize>vectors << 4;
  let total = zero;
  for (let i = 0; i < units; i++) {
    let u = zero;
    for (let x: usize = 0; x < bytes; x += 16) {
      const z = v128.load(Z + x);
      let y = v128.load(Y + x);
      if (smoothed) y = v128.add<T>(v128.mul<T>(kept, y), spread);
      const weight = v128.load(w + x);
      const e = exp<T>(v128.neg<T>(v128.abs<T>(z)));
      const a = sigmoidFrom<T>(z, e);
      let l = v128.sub<T>(v128.pmax<T>(z, zero), v128.mul<T>(z, y));
      if (weighted) l = v128.add<T>(l, log1p<T>(e));
      else {
        const counted = v128.mul<T>(weight, e); // 0 beyond the last example
        u = v128.add<T>(u, v128.add<T>(counted, v128.mul<T>(u, counted)));
      }
      total = v128.add<T>(total, v128.mul<T>(weight, l));
      v128.store(A + x, a);
      if (gradient) v128.store(dZ + x, v128.mul<T>(weight, v128.sub<T>(a, y)));
    }
    if (!weighted) total = v128.add<T>(total, logOfProduct<T>(u));
    Z += stride;
    A += stride;
    Y += stride;
    dZ += stride;
  }
  return <f64>sumOfLanes<T>(total);
}

/** `log(1 + u)` for any u ≥ 0: the logarithm of the rounded sum w, and what the rounding lost. */
function logOfProduct<T>(u: v128): v128 {
  const one = constant<T>(1);
  const w = v128.add<T>(one, u);
  const lost = v128.sub<T>(u, v128.sub<T>(w, one));
  return v128.add<T>(log<T>(w), v128.div<T>(lost, w));
}
