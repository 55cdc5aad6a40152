import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/**
 * Lion: `θ := θ − α sign(β₁ v + (1 − β₁) dθ)`, then `v := β₂ v + (1 − β₂) dθ`: every parameter moves by α, or not at all.
 *
 * Large models want a smaller learning rate than with Adam, and more weight decay. Source: Chen et al. 2023, "Symbolic Discovery of
 * Optimization Algorithms", program 1.
 */
export const lion = {
  options: {
    beta1: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.9 },
    beta2: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.99 },
    weightDecay,
  },
  learningRate: 0.001,
  remembers: ["average"],
  update({ theta, dTheta, learningRate, options: { beta1, beta2 }, state }) {
    const v = kept(state.average);
    for (let k = 0; k < theta.length; k++) {
      const g = dTheta[k];
      theta[k] -= learningRate * Math.sign(beta1 * v[k] + (1 - beta1) * g);
      v[k] = beta2 * v[k] + (1 - beta2) * g;
    }
  },
} as const satisfies OptimizerDefinition;
