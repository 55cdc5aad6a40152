import { constant, sumOfLanes } from "../../../../kernels/vector";

/** `ℓ = (1/K) Σₖ max((1 − τ) eₖ, −τ eₖ)` with the errors e = a − y, `dA = ([A > Y] − τ) / K`, 0 where A = Y. */
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
  const tau = load<f64>(options);
  const over = constant<T>(1 - tau);
  const under = constant<T>(-tau);
  const count = constant<T>(<f64>units);
  const zero = constant<T>(0);
  let total = zero;
  for (let i = 0; i < units; i++) {
    for (let x: usize = 0; x < bytes; x += 16) {
      const error = v128.sub<T>(v128.load(A + x), v128.load(Y + x));
      const weight = v128.load(w + x);
      const loss = v128.max<T>(v128.mul<T>(over, error), v128.mul<T>(under, error));
      total = v128.add<T>(total, v128.mul<T>(weight, v128.div<T>(loss, count)));
      if (gradient) {
        const slope = v128.bitselect(over, v128.and(under, v128.lt<T>(error, zero)), v128.gt<T>(error, zero));
        v128.store(dA + x, v128.mul<T>(weight, v128.div<T>(slope, count)));
      }
    }
    A += stride;
    dA += stride;
    Y += stride;
  }
  return <f64>sumOfLanes<T>(total);
}
