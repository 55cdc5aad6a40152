import { Plan } from "../../../../kernels/generated/shared";
import { beforeUpdate, optionOf } from "../../../../kernels/optimizer";
import { withoutSubnormals } from "../../../../kernels/vector";

/** `s := s + dθ²`, `θ := θ − α dθ / (√s + ε)` */
export function update<T>(p: Plan, from: usize, to: usize): void {
  beforeUpdate<T>(p, from, to);
  const rate = v128.splat<T>(<T>p.learningRate);
  const epsilon = v128.splat<T>(<T>optionOf(p, 0));
  for (let x = from; x < to; x += 16) {
    const g = v128.load(p.dTheta + x);
    const s = v128.add<T>(v128.load(p.square + x), v128.mul<T>(g, g));
    v128.store(p.square + x, withoutSubnormals<T>(s));
    const step = v128.div<T>(v128.mul<T>(rate, g), v128.add<T>(v128.sqrt<T>(s), epsilon));
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), step));
  }
}
