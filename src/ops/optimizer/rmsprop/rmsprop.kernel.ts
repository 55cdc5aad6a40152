import { Plan } from "../../../../kernels/generated/shared";
import { beforeUpdate, optionOf } from "../../../../kernels/optimizer";
import { withoutSubnormals } from "../../../../kernels/vector";

/** `s := β s + (1 − β) dθ²`, `θ := θ − α dθ / (√s + ε)` */
export function update<T>(p: Plan, from: usize, to: usize): void {
  beforeUpdate<T>(p, from, to);
  const rate = v128.splat<T>(<T>p.learningRate);
  const decay = optionOf(p, 0);
  const beta = v128.splat<T>(<T>decay);
  const rest = v128.splat<T>(<T>(1 - decay));
  const epsilon = v128.splat<T>(<T>optionOf(p, 1));
  for (let x = from; x < to; x += 16) {
    const g = v128.load(p.dTheta + x);
    const s = v128.add<T>(v128.mul<T>(beta, v128.load(p.square + x)), v128.mul<T>(v128.mul<T>(rest, g), g));
    v128.store(p.square + x, withoutSubnormals<T>(s));
    const step = v128.div<T>(v128.mul<T>(rate, g), v128.add<T>(v128.sqrt<T>(s), epsilon));
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), step));
  }
}
