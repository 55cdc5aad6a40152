import type { ParameterWindow } from "../../network/layout.js";
import type { Optimizer } from "./optimizer.js";

/** Numbers of Adam; see `OptimizerSpec`. */
export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/**
 * Adam: `v := β₁ v + (1 − β₁) dθ`, `s := β₂ s + (1 − β₂) dθ²`, `θ := θ − α v̂ / (√ŝ + ε)` with the bias-corrected
 * `v̂ = v / (1 − β₁ᵗ)`, `ŝ = s / (1 − β₂ᵗ)`.
 *
 * With `weightDecay`, the weights (never the biases) first shrink by `α · weightDecay · W`: AdamW, decoupled from the
 * gradient. The mission's penalty `l2` is another thing: its gradient `(λ/m) W` is part of dθ and so is divided by √ŝ.
 *
 * Sources: Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithm 2.
 */
export function adam(layout: readonly ParameterWindow[], length: number, settings: AdamSettings): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = settings;
  const v = new Float64Array(length);
  const s = new Float64Array(length);
  // β₁ᵗ and β₂ᵗ as running products: engines differ in the last bits of a power.
  const state = { average: v, square: s, power1: 1, power2: 1 };
  return {
    state,
    step(theta, dTheta, learningRate) {
      state.power1 *= beta1;
      state.power2 *= beta2;
      const correction1 = 1 - state.power1;
      const correction2 = 1 - state.power2;
      if (weightDecay > 0) {
        for (const { kind, offset, rows, columns } of layout) {
          if (kind === "b") continue;
          for (let k = offset; k < offset + rows * columns; k++) theta[k] -= learningRate * weightDecay * theta[k];
        }
      }
      for (let k = 0; k < theta.length; k++) {
        const g = dTheta[k];
        v[k] = beta1 * v[k] + (1 - beta1) * g;
        s[k] = beta2 * s[k] + (1 - beta2) * g * g;
        theta[k] -= (learningRate * (v[k] / correction1)) / (Math.sqrt(s[k] / correction2) + epsilon);
      }
    },
  };
}
