import { Plan } from "../../../../kernels/generated/shared";

/** `θ := θ − α dθ`; θ before it goes to `previous` in the same loop. */
export function update<T>(p: Plan, from: usize, to: usize): void {
  const rate = v128.splat<T>(<T>p.learningRate);
  const theta = p.theta;
  const gradient = p.dTheta;
  const previous = p.previous;
  for (let x = from; x < to; x += 16) {
    const t = v128.load(theta + x);
    v128.store(previous + x, t);
    v128.store(theta + x, v128.sub<T>(t, v128.mul<T>(rate, v128.load(gradient + x))));
  }
}
