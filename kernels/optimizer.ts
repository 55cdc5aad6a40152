import { Plan } from "./generated/shared";

/** What the updates of the optimizers, `src/ops/optimizer/`, have in common. */

/** The number of an option, by its place in the optimizer's table. */
// @ts-ignore: decorator
@inline
export function optionOf(p: Plan, k: usize): f64 {
  return load<f64>(p.optimizerNumbers + (k << 3));
}

/** What comes before an update: θ as it was is kept in `previous`, then the weights decay, `W := W − α λ W`. */
export function beforeUpdate<T>(p: Plan, from: usize, to: usize): void {
  memory.copy(p.previous + from, p.theta + from, to - from);
  if (p.weightDecay != 0) addDecaying<T>(p, p.theta, -p.learningRate * p.weightDecay, from, to);
}

/**
 * `x += factor · θ` on what decays, weights and never biases, among the bytes `from … to` of a vector laid out like θ: the
 * penalty's gradient, and weight decay.
 */
export function addDecaying<T>(p: Plan, x: usize, factor: f64, from: usize, to: usize): void {
  for (let k = 0, at = p.decays; k < p.decayCount; k++, at += 2 * sizeof<usize>()) {
    const first = max(load<usize>(at), from);
    const last = min(load<usize>(at, sizeof<usize>()), to);
    if (first < last) addScaled<T>(x + first, p.theta + first, factor, last - first);
  }
}

function addScaled<T>(x: usize, y: usize, factor: f64, bytes: usize): void {
  const f = v128.splat<T>(<T>factor);
  const end = x + bytes;
  for (; x + 16 <= end; x += 16, y += 16) v128.store(x, v128.add<T>(v128.load(x), v128.mul<T>(f, v128.load(y))));
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(x, load<T>(x) + <T>factor * load<T>(y));
}
