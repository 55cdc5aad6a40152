import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/**
 * Adagrad: `s := s + dθ²`, `θ := θ − α dθ / (√s + ε)`: each parameter's steps shrink with all the gradients it has seen.
 *
 * Source: Duchi, Hazan & Singer 2011, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization".
 */
export const adagrad = {
  options: {
    epsilon: { constraint: { kind: "number", above: 0 }, default: 1e-10 },
    weightDecay,
  },
  learningRate: 0.03,
  remembers: ["square"],
  update({ theta, dTheta, learningRate, options: { epsilon }, state }) {
    const s = kept(state.square);
    for (let k = 0; k < theta.length; k++) {
      const g = dTheta[k];
      s[k] += g * g;
      theta[k] -= (learningRate * g) / (Math.sqrt(s[k]) + epsilon);
    }
  },
} as const satisfies OptimizerDefinition;
