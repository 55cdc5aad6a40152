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

/** `dθ += (λ₂/m) θ + (λ₁/m) sign(θ)` on the weights among the bytes `from … to`; a weight of 0 has the sign 0. */
export function addPenalties<T>(p: Plan, from: usize, to: usize): void {
  for (let k = 0, at = p.decays, strength = p.penalties; k < p.decayCount; k++, at += 2 * sizeof<usize>(), strength += 16) {
    const l1 = load<f64>(strength);
    const l2 = load<f64>(strength, 8);
    if (l1 == 0 && l2 == 0) continue;
    const first = max(load<usize>(at), from);
    const last = min(load<usize>(at, sizeof<usize>()), to);
    if (first >= last) continue;
    if (l2 != 0) addScaled<T>(p.dTheta + first, p.theta + first, l2, last - first);
    if (l1 != 0) addSigns<T>(p.dTheta + first, p.theta + first, l1, last - first);
  }
}

function addSigns<T>(x: usize, y: usize, factor: f64, bytes: usize): void {
  const zero = v128.splat<T>(0);
  const up = v128.splat<T>(<T>factor);
  const down = v128.neg<T>(up);
  const end = x + bytes;
  for (; x + 16 <= end; x += 16, y += 16) {
    const w = v128.load(y);
    const sign = v128.or(v128.and(up, v128.gt<T>(w, zero)), v128.and(down, v128.lt<T>(w, zero)));
    v128.store(x, v128.add<T>(v128.load(x), sign));
  }
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) {
    const w = load<T>(y);
    const sign = w > 0 ? <T>factor : w < 0 ? <T>-factor : 0;
    store<T>(x, load<T>(x) + sign);
  }
}

function addScaled<T>(x: usize, y: usize, factor: f64, bytes: usize): void {
  const f = v128.splat<T>(<T>factor);
  const end = x + bytes;
  for (; x + 16 <= end; x += 16, y += 16) v128.store(x, v128.add<T>(v128.load(x), v128.mul<T>(f, v128.load(y))));
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(x, load<T>(x) + <T>factor * load<T>(y));
}
