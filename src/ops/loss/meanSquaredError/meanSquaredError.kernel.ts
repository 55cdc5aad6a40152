import { constant, sumOfLanes } from "../../../../kernels/vector";

/** `ℓ = (1/K) Σₖ (aₖ − yₖ)²`, `dA = 2 (A − Y) / K`. */
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
  const twice = constant<T>(2 / <f64>units);
  let total = constant<T>(0);
  for (let i = 0; i < units; i++) {
    for (let x: usize = 0; x < bytes; x += 16) {
      const error = v128.sub<T>(v128.load(A + x), v128.load(Y + x));
      const weight = v128.load(w + x);
      total = v128.add<T>(total, v128.mul<T>(weight, v128.div<T>(v128.mul<T>(error, error), count)));
      if (gradient) v128.store(dA + x, v128.mul<T>(weight, v128.mul<T>(twice, error)));
    }
    A += stride;
    dA += stride;
    Y += stride;
  }
  return <f64>sumOfLanes<T>(total);
}
