import { exp, log, log1p } from "../../../../kernels/numeric";
import { constant, sumOfLanes } from "../../../../kernels/vector";
import { largestOf } from "../../activation/softmax/softmax.kernel";

/**
 * `ℓ = q^γ (log Σₖ e^zₖ − zₜ)`, t the class, q the sum of the other probabilities; with `g = q^γ (q − γ p log p)`, `dZₜ = −g` and
 * `dZₖ = g aₖ / q`. Column by column.
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
  const gamma = constant<T>(load<f64>(options));
  const zero = constant<T>(0);
  const one = constant<T>(1);
  const smallest = constant<T>(sizeof<T>() == 8 ? f64.MIN_NORMAL_VALUE : <f64>f32.MIN_NORMAL_VALUE);
  let total = zero;
  for (let v = 0; v < vectors; v++) {
    const x = <usize>v << 4;
    const weight = v128.load(w + x);
    const largest = largestOf<T>(Z + x, units, stride);
    let sum = zero;
    for (let i = 0, k = x; i < units; i++, k += stride) {
      sum = v128.add<T>(sum, exp<T>(v128.sub<T>(v128.load(Z + k), largest)));
    }
    const logTotal = v128.add<T>(largest, log<T>(sum));
    const factor = v128.div<T>(one, sum);
    let surprise = zero; // −log p
    let p = zero;
    let q = zero;
    for (let i = 0, k = x; i < units; i++, k += stride) {
      const target = v128.eq<T>(v128.load(Y + k), one);
      const z = v128.load(Z + k); // A may lie where Z lies
      const a = v128.mul<T>(exp<T>(v128.sub<T>(z, largest)), factor);
      v128.store(A + k, a);
      surprise = v128.add<T>(surprise, v128.and(v128.sub<T>(logTotal, z), target));
      p = v128.add<T>(p, v128.and(a, target));
      q = v128.add<T>(q, v128.andnot(a, target));
    }
    // Of a sure answer, log Σ − z would lose what is left of −log p = log(1 + q/p).
    const sure = v128.ge<T>(p, q);
    surprise = v128.bitselect(log1p<T>(v128.and(v128.div<T>(q, p), sure)), surprise, sure);
    // Of q = 0: e^(γ log) of the smallest number is 0 but for small γ, and there the surprise is 0.
    const some = v128.pmax<T>(q, smallest);
    const power = v128.mul<T>(weight, exp<T>(v128.mul<T>(gamma, log<T>(some))));
    total = v128.add<T>(total, v128.mul<T>(power, surprise));
    if (!gradient) continue;
    const g = v128.mul<T>(power, v128.add<T>(q, v128.mul<T>(gamma, v128.mul<T>(p, surprise))));
    const minus = v128.neg<T>(g);
    const share = v128.div<T>(g, some);
    for (let i = 0, k = x; i < units; i++, k += stride) {
      const target = v128.eq<T>(v128.load(Y + k), one);
      v128.store(dZ + k, v128.bitselect(minus, v128.mul<T>(share, v128.load(A + k)), target));
    }
  }
  return <f64>sumOfLanes<T>(total);
}
