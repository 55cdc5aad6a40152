import { Plan } from "../../../../kernels/generated/shared";
import { beforeUpdate, optionOf } from "../../../../kernels/optimizer";
import { withoutSubnormals } from "../../../../kernels/vector";

/** `v := β v + (1 − β) dθ`, `θ := θ − α (β v + (1 − β) dθ)` */
export function update<T>(p: Plan, from: usize, to: usize): void {
  beforeUpdate<T>(p, from, to);
  const rate = v128.splat<T>(<T>p.learningRate);
  const momentum = optionOf(p, 0);
  const beta = v128.splat<T>(<T>momentum);
  const rest = v128.splat<T>(<T>(1 - momentum));
  for (let x = from; x < to; x += 16) {
    const g = v128.mul<T>(rest, v128.load(p.dTheta + x));
    const v = v128.add<T>(v128.mul<T>(beta, v128.load(p.average + x)), g);
    v128.store(p.average + x, withoutSubnormals<T>(v));
    const step = v128.mul<T>(rate, v128.add<T>(v128.mul<T>(beta, v), g));
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), step));
  }
}
