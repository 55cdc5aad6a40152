import { constant, sumOfLanes } from "../../../../kernels/vector";

/** `ℓ = (1/K) Σₖ h(aₖ − yₖ)` and `dA = clip(A − Y, −δ, δ) / K`; `h(e) = c (e − ½ c)` with the clipped error c. */
export function head<T>(
  Z: usize,
  A: usize,
  Y: usize,
  w: usize,
  dA: usize,
  units: i32,
  stride: usize,
  vectors: i32,
  gradient: bool,
  weighted: bool,
  options: usize,
): f64 {
  const bytes = <usize>vectors << 4;
  const count = constant<T>(<f64>units);
  const half = constant<T>(0.5);
  const delta = constant<T>(load<f64>(options));
  const minusDelta = v128.neg<T>(delta);
  let total = constant<T>(0);
  for (let i = 0; i < units; i++) {
    for (let x: usize = 0; x < bytes; x += 16) {
      const error = v128.sub<T>(v128.load(A + x), v128.load(Y + x));
      const clipped = v128.max<T>(minusDelta, v128.min<T>(delta, error)); // NaN stays NaN
      const weight = v128.load(w + x);
      const loss = v128.mul<T>(clipped, v128.sub<T>(error, v128.mul<T>(half, clipped)));
      total = v128.add<T>(total, v128.mul<T>(weight, v128.div<T>(loss, count)));
      if (gradient) v128.store(dA + x, v128.mul<T>(weight, v128.div<T>(clipped, count)));
    }
    A += stride;
    dA += stride;
    Y += stride;
  }
  return <f64>sumOfLanes<T>(total);
}
