import { Plan } from "../../../../kernels/generated/shared";
import { beforeUpdate, optionOf } from "../../../../kernels/optimizer";
import { constant, withoutSubnormals } from "../../../../kernels/vector";

/** `θ := θ − α sign(β₁ v + (1 − β₁) dθ)`, then `v := β₂ v + (1 − β₂) dθ` */
export function update<T>(p: Plan, from: usize, to: usize): void {
  beforeUpdate<T>(p, from, to);
  const rate = v128.splat<T>(<T>p.learningRate);
  const beta1 = v128.splat<T>(<T>optionOf(p, 0));
  const beta2 = v128.splat<T>(<T>optionOf(p, 1));
  const rest1 = v128.splat<T>(<T>(1 - optionOf(p, 0)));
  const rest2 = v128.splat<T>(<T>(1 - optionOf(p, 1)));
  for (let x = from; x < to; x += 16) {
    const g = v128.load(p.dTheta + x);
    const v = v128.load(p.average + x);
    const direction = v128.add<T>(v128.mul<T>(beta1, v), v128.mul<T>(rest1, g));
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), v128.mul<T>(rate, signOf<T>(direction))));
    v128.store(p.average + x, withoutSubnormals<T>(v128.add<T>(v128.mul<T>(beta2, v), v128.mul<T>(rest2, g))));
  }
}

/** −1, 0 or 1; NaN stays NaN. */
// @ts-ignore: decorator
@inline
function signOf<T>(x: v128): v128 {
  const zero = constant<T>(0);
  const one = constant<T>(1);
  const sign = v128.sub<T>(v128.and(v128.gt<T>(x, zero), one), v128.and(v128.lt<T>(x, zero), one));
  return v128.or(sign, v128.ne<T>(x, x));
}
