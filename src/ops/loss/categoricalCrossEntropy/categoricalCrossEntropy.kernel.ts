import { exp, log } from "../../../../kernels/numeric";
import { constant, sumOfLanes } from "../../../../kernels/vector";
import { largestOf } from "../../activation/softmax/softmax.kernel";

/** `ℓ = Σᵢ yᵢ (log Σₖ e^zₖ − zᵢ)` with smoothed targets `(1 − s) y + s/K` for y, column by column. */
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
  const kept = constant<T>(1 - load<f64>(options));
  const spread = constant<T>(load<f64>(options) / <f64>units);
  let total = constant<T>(0);
  for (let v = 0; v < vectors; v++) {
    const x = <usize>v << 4;
    const weight = v128.load(w + x);
    const largest = largestOf<T>(Z + x, units, stride);
    let sum = zero;
    let l = zero;
    for (let i = 0, k = x; i < units; i++, k += stride) {
      sum = v128.add<T>(sum, exp<T>(v128.sub<T>(v128.load(Z + k), largest)));
    }
    const logTotal = v128.add<T>(largest, log<T>(sum));
    const factor = v128.div<T>(constant<T>(1), sum);
    for (let i = 0, k = x; i < units; i++, k += stride) {
      const z = v128.load(Z + k);
      const y = v128.add<T>(v128.mul<T>(kept, v128.load(Y + k)), spread);
      // A class of weight 0 must not turn an infinite logit into 0 · ∞ = NaN.
      const term = v128.and(v128.mul<T>(y, v128.sub<T>(logTotal, z)), v128.ne<T>(y, zero));
      l = v128.add<T>(l, term);
      const a = v128.mul<T>(exp<T>(v128.sub<T>(z, largest)), factor);
      v128.store(A + k, a);
      if (gradient) v128.store(dZ + k, v128.mul<T>(weight, v128.sub<T>(a, y)));
    }
    total = v128.add<T>(total, v128.mul<T>(weight, l));
  }
  return <f64>sumOfLanes<T>(total);
}
