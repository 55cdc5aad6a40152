import { exp } from "../../../numeric/exp.js";
import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/** ln 0.96 */
const ln96 = -0.040821994520255166;

/**
 * NAdam, Adam with Nesterov's momentum: v and s as Adam's, `θ := θ − α (μ' v̂ + (1 − μ) ĝ) / (√ŝ + ε)` with
 * `v̂ = v / (1 − μ' Πμ)`, `ĝ = dθ / (1 − Πμ)` and `ŝ = s / (1 − β₂ᵗ)`.
 *
 * The momentum warms up: `μ = β₁ (1 − ½ · 0.96^(ψ t))`, Πμ is the product of all of them, and μ' the one of the next step.
 * `momentumDecay` is ψ. This is what PyTorch and Keras compute, but for PyTorch 1.13, which multiplies Πμ by μ once more
 * unless it is told `foreach=True`.
 *
 * Source: Dozat 2016, "Incorporating Nesterov Momentum into Adam", algorithm 2.
 */
export const nadam = {
  options: {
    beta1: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.9 },
    beta2: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.999 },
    epsilon: { constraint: { kind: "number", above: 0 }, default: 1e-8 },
    momentumDecay: { constraint: { kind: "number", min: 0 }, default: 0.004 },
    weightDecay,
  },
  learningRate: 0.002,
  remembers: ["average", "square"],
  update({ theta, dTheta, learningRate, options: { beta1, beta2, epsilon, momentumDecay }, state }) {
    const v = kept(state.average);
    const s = kept(state.square);
    // The powers as running products: engines differ in the last bits of a power.
    const factor = exp(momentumDecay * ln96);
    state.power3 *= factor;
    const mu = beta1 * (1 - 0.5 * state.power3);
    const next = beta1 * (1 - 0.5 * state.power3 * factor);
    state.power1 *= mu;
    state.power2 *= beta2;
    const forV = (learningRate * next) / (1 - state.power1 * next);
    const forG = (learningRate * (1 - mu)) / (1 - state.power1);
    const correction = 1 - state.power2;
    for (let k = 0; k < theta.length; k++) {
      const g = dTheta[k];
      v[k] = beta1 * v[k] + (1 - beta1) * g;
      s[k] = beta2 * s[k] + (1 - beta2) * g * g;
      theta[k] -= (forV * v[k] + forG * g) / (Math.sqrt(s[k] / correction) + epsilon);
    }
  },
} as const satisfies OptimizerDefinition;
