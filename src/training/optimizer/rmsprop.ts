import type { Optimizer } from "./optimizer.js";

/**
 * RMSprop: `s := β s + (1 − β) dθ²`, `θ := θ − α dθ / (√s + ε)`.
 *
 * Source: Tieleman & Hinton 2012, "Neural Networks for Machine Learning", lecture 6.5.
 */
export function rmsprop(length: number, beta: number, epsilon: number): Optimizer {
  const s = new Float64Array(length);
  return {
    state: { square: s, power1: 1, power2: 1 },
    step(theta, dTheta, learningRate) {
      for (let k = 0; k < theta.length; k++) {
        const g = dTheta[k];
        s[k] = beta * s[k] + (1 - beta) * g * g;
        theta[k] -= (learningRate * g) / (Math.sqrt(s[k]) + epsilon);
      }
    },
  };
}
