import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/**
 * RMSprop: `s := β s + (1 − β) dθ²`, `θ := θ − α dθ / (√s + ε)`.
 *
 * Source: Tieleman & Hinton 2012, "Neural Networks for Machine Learning", lecture 6.5.
 */
export const rmsprop = {
  options: {
    decay: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.9 },
    epsilon: { constraint: { kind: "number", above: 0 }, default: 1e-8 },
    weightDecay,
  },
  learningRate: 0.001,
  remembers: ["square"],
  update({ theta, dTheta, learningRate, options: { decay: beta, epsilon }, state }) {
    const s = kept(state.square);
    for (let k = 0; k < theta.length; k++) {
      const g = dTheta[k];
      s[k] = beta * s[k] + (1 - beta) * g * g;
      theta[k] -= (learningRate * g) / (Math.sqrt(s[k]) + epsilon);
    }
  },
} as const satisfies OptimizerDefinition;
