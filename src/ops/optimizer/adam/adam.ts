import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/**
 * Adam: `v := β₁ v + (1 − β₁) dθ`, `s := β₂ s + (1 − β₂) dθ²`, `θ := θ − α v̂ / (√ŝ + ε)` with the bias-corrected
 * `v̂ = v / (1 − β₁ᵗ)`, `ŝ = s / (1 − β₂ᵗ)`.
 *
 * With `weightDecay` it is AdamW.
 *
 * Sources: Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithm 2.
 */
export const adam = {
  options: {
    beta1: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.9 },
    beta2: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.999 },
    epsilon: { constraint: { kind: "number", above: 0 }, default: 1e-8 },
    weightDecay,
  },
  learningRate: 0.001,
  remembers: ["average", "square"],
  update({ theta, dTheta, learningRate, options: { beta1, beta2, epsilon }, state }) {
    const v = kept(state.average);
    const s = kept(state.square);
    // β₁ᵗ and β₂ᵗ as running products: engines differ in the last bits of a power.
    state.power1 *= beta1;
    state.power2 *= beta2;
    const correction1 = 1 - state.power1;
    const correction2 = 1 - state.power2;
    for (let k = 0; k < theta.length; k++) {
      const g = dTheta[k];
      v[k] = beta1 * v[k] + (1 - beta1) * g;
      s[k] = beta2 * s[k] + (1 - beta2) * g * g;
      theta[k] -= (learningRate * (v[k] / correction1)) / (Math.sqrt(s[k] / correction2) + epsilon);
    }
  },
} as const satisfies OptimizerDefinition;
