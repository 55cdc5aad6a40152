import type { Optimizer } from "./optimizer.js";

/**
 * Momentum: `v := β v + (1 − β) dθ`, `θ := θ − α v`.
 *
 * This is the exponentially weighted average of the deep-learning course. Libraries that accumulate `v := β v + dθ`
 * (PyTorch, Keras, after Polyak 1964) take the same path with a learning rate of `α (1 − β)`.
 */
export function momentum(length: number, beta: number): Optimizer {
  const v = new Float64Array(length);
  return {
    state: { average: v, power1: 1, power2: 1 },
    step(theta, dTheta, learningRate) {
      for (let k = 0; k < theta.length; k++) {
        v[k] = beta * v[k] + (1 - beta) * dTheta[k];
        theta[k] -= learningRate * v[k];
      }
    },
  };
}
