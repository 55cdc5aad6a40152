import { exponential, expm1, log } from "../../../../kernels/numeric";
import { constant, sumOfLanes } from "../../../../kernels/vector";

/** `ℓ = (1/K) Σₖ (aₖ − yₖ (1 + dₖ))`, d = z − log y; where d ≤ 1 as `y (eᵈ − 1 − d)`. `dZ = (A − Y) / K`. */
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
  const count = constant<T>(<f64>units);
  const one = constant<T>(1);
  // Of a count of 0, y log y is 0: any logarithm will do.
  const smallest = constant<T>(sizeof<T>() == 8 ? f64.MIN_NORMAL_VALUE : <f64>f32.MIN_NORMAL_VALUE);
  let total = constant<T>(0);
  for (let i = 0; i < units; i++) {
    for (let x: usize = 0; x < bytes; x += 16) {
      const z = v128.load(Z + x);
      const y = v128.load(Y + x);
      const weight = v128.load(w + x);
      const a = exponential<T>(z);
      const d = v128.sub<T>(z, log<T>(v128.pmax<T>(y, smallest)));
      const near = v128.mul<T>(y, v128.sub<T>(expm1<T>(v128.pmin<T>(d, one)), d));
      const far = v128.sub<T>(a, v128.mul<T>(y, v128.add<T>(one, d)));
      const loss = v128.bitselect(near, far, v128.le<T>(d, one));
      total = v128.add<T>(total, v128.mul<T>(weight, v128.div<T>(loss, count)));
      v128.store(A + x, a);
      if (gradient) v128.store(dZ + x, v128.mul<T>(weight, v128.div<T>(v128.sub<T>(a, y), count)));
    }
    Z += stride;
    A += stride;
    dZ += stride;
    Y += stride;
  }
  return <f64>sumOfLanes<T>(total);
}
