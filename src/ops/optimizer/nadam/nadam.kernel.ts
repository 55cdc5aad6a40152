import { Plan } from "../../../../kernels/generated/shared";
import { exp } from "../../../../kernels/numeric";
import { beforeUpdate, optionOf } from "../../../../kernels/optimizer";
import { constant, withoutSubnormals } from "../../../../kernels/vector";

const LN_96: f64 = -0.040821994520255166;

/** 0.96^ψ */
function factorOf(p: Plan): f64 {
  return f64x2.extract_lane(exp<f64>(constant<f64>(optionOf(p, 3) * LN_96)), 0);
}

/** Before all threads update their shares: `0.96^(ψ t)`, `Πμ` and `β₂ᵗ` of this step. */
export function begin(p: Plan): void {
  p.power3 *= factorOf(p);
  p.power1 *= optionOf(p, 0) * (1 - 0.5 * p.power3);
  p.power2 *= optionOf(p, 1);
}

/** `v := β₁ v + (1 − β₁) dθ`, `s := β₂ s + (1 − β₂) dθ²`, `θ := θ − α (μ' v̂ + (1 − μ) ĝ) / (√ŝ + ε)` */
export function update<T>(p: Plan, from: usize, to: usize): void {
  beforeUpdate<T>(p, from, to);
  const mu = optionOf(p, 0) * (1 - 0.5 * p.power3);
  const next = optionOf(p, 0) * (1 - 0.5 * p.power3 * factorOf(p));
  const forV = v128.splat<T>(<T>((p.learningRate * next) / (1 - p.power1 * next)));
  const forG = v128.splat<T>(<T>((p.learningRate * (1 - mu)) / (1 - p.power1)));
  const beta1 = v128.splat<T>(<T>optionOf(p, 0));
  const beta2 = v128.splat<T>(<T>optionOf(p, 1));
  const rest1 = v128.splat<T>(<T>(1 - optionOf(p, 0)));
  const rest2 = v128.splat<T>(<T>(1 - optionOf(p, 1)));
  const correction = v128.splat<T>(<T>(1 - p.power2));
  const epsilon = v128.splat<T>(<T>optionOf(p, 2));
  for (let x = from; x < to; x += 16) {
    const g = v128.load(p.dTheta + x);
    const v = v128.add<T>(v128.mul<T>(beta1, v128.load(p.average + x)), v128.mul<T>(rest1, g));
    const s = v128.add<T>(v128.mul<T>(beta2, v128.load(p.square + x)), v128.mul<T>(v128.mul<T>(rest2, g), g));
    v128.store(p.average + x, withoutSubnormals<T>(v));
    v128.store(p.square + x, withoutSubnormals<T>(s));
    const root = v128.add<T>(v128.sqrt<T>(v128.div<T>(s, correction)), epsilon);
    const step = v128.div<T>(v128.add<T>(v128.mul<T>(forV, v), v128.mul<T>(forG, g)), root);
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), step));
  }
}
