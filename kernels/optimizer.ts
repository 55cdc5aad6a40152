import { Plan } from "./generated/shared";
import { layerOf } from "./plan";
import { withoutSubnormals } from "./vector";

/** Optimizers, numbered as `src/engine/wasm/planMemory.ts` numbers them; `src/training/optimizer/` has the formulas. */
export const GRADIENT_DESCENT: i32 = 0;
export const MOMENTUM: i32 = 1;
export const RMSPROP: i32 = 2;
export const ADAM: i32 = 3;

/**
 * One update of the bytes `from … to` of θ, whole vectors; θ before it goes to `previous`. The powers β₁ᵗ and β₂ᵗ are
 * those of this step already.
 */
export function update<T>(p: Plan, from: usize, to: usize): void {
  const rate = v128.splat<T>(<T>p.learningRate);
  const theta = p.theta;
  const gradient = p.dTheta;
  if (p.optimizer == GRADIENT_DESCENT) {
    const previous = p.previous;
    for (let x = from; x < to; x += 16) {
      const t = v128.load(theta + x);
      v128.store(previous + x, t);
      v128.store(theta + x, v128.sub<T>(t, v128.mul<T>(rate, v128.load(gradient + x))));
    }
    return;
  }
  memory.copy(p.previous + from, theta + from, to - from);
  if (p.weightDecay > 0) addToWeights<T>(p, theta, -p.learningRate * p.weightDecay, from, to);
  if (p.optimizer == MOMENTUM) momentum<T>(p, rate, from, to);
  else if (p.optimizer == RMSPROP) rmsprop<T>(p, rate, from, to);
  else adam<T>(p, rate, from, to);
}

/** `v := β v + (1 − β) dθ`, `θ := θ − α v` */
function momentum<T>(p: Plan, rate: v128, from: usize, to: usize): void {
  const beta = v128.splat<T>(<T>p.beta1);
  const rest = v128.splat<T>(<T>(1 - p.beta1));
  for (let x = from; x < to; x += 16) {
    const g = v128.load(p.dTheta + x);
    const v = v128.add<T>(v128.mul<T>(beta, v128.load(p.average + x)), v128.mul<T>(rest, g));
    v128.store(p.average + x, withoutSubnormals<T>(v));
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), v128.mul<T>(rate, v)));
  }
}

/** `s := β s + (1 − β) dθ²`, `θ := θ − α dθ / (√s + ε)` */
function rmsprop<T>(p: Plan, rate: v128, from: usize, to: usize): void {
  const beta = v128.splat<T>(<T>p.beta2);
  const rest = v128.splat<T>(<T>(1 - p.beta2));
  const epsilon = v128.splat<T>(<T>p.epsilon);
  for (let x = from; x < to; x += 16) {
    const g = v128.load(p.dTheta + x);
    const s = v128.add<T>(v128.mul<T>(beta, v128.load(p.square + x)), v128.mul<T>(v128.mul<T>(rest, g), g));
    v128.store(p.square + x, withoutSubnormals<T>(s));
    const step = v128.div<T>(v128.mul<T>(rate, g), v128.add<T>(v128.sqrt<T>(s), epsilon));
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), step));
  }
}

/** `v := β₁ v + (1 − β₁) dθ`, `s := β₂ s + (1 − β₂) dθ²`, `θ := θ − α v̂ / (√ŝ + ε)` */
function adam<T>(p: Plan, rate: v128, from: usize, to: usize): void {
  const beta1 = v128.splat<T>(<T>p.beta1);
  const beta2 = v128.splat<T>(<T>p.beta2);
  const rest1 = v128.splat<T>(<T>(1 - p.beta1));
  const rest2 = v128.splat<T>(<T>(1 - p.beta2));
  const correction1 = v128.splat<T>(<T>(1 - p.power1));
  const correction2 = v128.splat<T>(<T>(1 - p.power2));
  const epsilon = v128.splat<T>(<T>p.epsilon);
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

/**
 * `x += factor · W` on the weights, never the biases, among the bytes `from … to` of a vector laid out like θ: the
 * penalty's gradient, and weight decay.
 */
export function addToWeights<T>(p: Plan, x: usize, factor: f64, from: usize, to: usize): void {
  for (let l = 1; l <= p.depth; l++) {
    const layer = layerOf(p, l);
    const first = max(layer.W, from);
    const last = min(layer.b, to); // b follows W
    if (first < last) addScaled<T>(x + first, p.theta + first, factor, last - first);
  }
}

function addScaled<T>(x: usize, y: usize, factor: f64, bytes: usize): void {
  const f = v128.splat<T>(<T>factor);
  const end = x + bytes;
  for (; x + 16 <= end; x += 16, y += 16) v128.store(x, v128.add<T>(v128.load(x), v128.mul<T>(f, v128.load(y))));
  for (; x < end; x += sizeof<T>(), y += sizeof<T>()) store<T>(x, load<T>(x) + <T>factor * load<T>(y));
}
