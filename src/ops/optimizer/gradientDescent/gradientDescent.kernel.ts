import { Plan } from "../../../../kernels/generated/shared";
import { beforeUpdate } from "../../../../kernels/optimizer";

/** `θ := θ − α dθ`; θ before it goes to `previous` in the same loop, where no decay has come between. */
export function update<T>(p: Plan, from: usize, to: usize): void {
  const decayed = p.weightDecay != 0;
  if (decayed) beforeUpdate<T>(p, from, to);
  const rate = v128.splat<T>(<T>p.learningRate);
  const theta = p.theta;
  const gradient = p.dTheta;
  const previous = p.previous;
  const kept = decayed ? previous : theta;
  for (let x = from; x < to; x += 16) {
    v128.store(previous + x, v128.load(kept + x));
    v128.store(theta + x, v128.sub<T>(v128.load(theta + x), v128.mul<T>(rate, v128.load(gradient + x))));
  }
}
