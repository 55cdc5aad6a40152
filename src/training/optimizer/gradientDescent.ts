import type { Optimizer } from "./optimizer.js";

/** Gradient descent: `θ := θ − α dθ`. */
export function gradientDescent(): Optimizer {
  return {
    state: { power1: 1, power2: 1 },
    step(theta, dTheta, learningRate) {
      for (let k = 0; k < theta.length; k++) theta[k] -= learningRate * dTheta[k];
    },
  };
}
