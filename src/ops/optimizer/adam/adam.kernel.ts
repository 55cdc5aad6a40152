import { Plan } from "../../../../kernels/generated/shared";
import { beforeUpdate, optionOf } from "../../../../kernels/optimizer";
import { withoutSubnormals } from "../../../../kernels/vector";

/** Before all threads update their shares: β₁ᵗ and β₂ᵗ of this step. */
export function begin(p: Plan): void {
  p.power1 *= optionOf(p, 0);
  p.power2 *= optionOf(p, 1);
}

/** `v := β₁ v + (1 − β₁) dθ`, `s := β₂ s + (1 − β₂) dθ²`, `θ := θ − α v̂ / (√ŝ + ε)` */
export function update<T>(p: Plan, from: usize, to: usize): void {
  beforeUpdate<T>(p, from, to);
  const rate = v128.splat<T>(<T>p.learningRate);
  const beta1 = v128.splat<T>(<T>optionOf(p, 0));
  const beta2 = v128.splat<T>(<T>optionOf(p, 1));
  const rest1 = v128.splat<T>(<T>(1 - optionOf(p, 0)));
  const rest2 = v128.splat<T>(<T>(1 - optionOf(p, 1)));
  const correction1 = v128.splat<T>(<T>(1 - p.power1));
  const correction2 = v128.splat<T>(<T>(1 - p.power2));
  const epsilon = v128.splat<T>(<T>optionOf(p, 2));
  for (let x = from; x < to; x += 16) {
    const g = v128.load(p.dTheta + x);
    const v = v128.add<T>(v128.mul<T>(beta1, v128.load(p.average + x)), v128.mul<T>(rest1, g));
    const s = v128.add<T>(v128.mul<T>(beta2, v128.load(p.square + x)), v128.mul<T>(v128.mul<T>(rest2, g), g));
    v128.store(p.average + x, withoutSubnormals<T>(v));
    v128.store(p.square + x, withoutSubnormals<T>(s));
    const root = v128.add<T>(v128.sqrt<T>(v128.div<T>(s, correction2)), epsilon);
    const step = v128.div<T>(v128.mul<T>(rate, v128.div<T>(v, correction1)), root);
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), step));
  }
}
